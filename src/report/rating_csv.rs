//! A rating as comma-separated values: a row a key question, or a standard without one, and the rating overall last.

use crate::{
    decision::rating::Discretion,
    report::{csv_row, rating::RatingReport},
};

const HEAD: &str = "standard,question,sufficient,relevant,share,question_rating,from,decides,by_numbers,rating,score,\
                    discretion_applied,discretion_reason,discretion_authorised_by,discretion_date\n";

/// The rating with a line of column names.
#[must_use]
pub fn csv(report: &RatingReport<'_>) -> String {
    let mut written = HEAD.as_bytes().to_vec();
    for standard in &report.rating.standards {
        let discretion = standard.discretion.as_ref();
        let of_discretion = |field: fn(&Discretion) -> Option<String>| text(discretion.and_then(field));
        let of_standard = [
            text(standard.by_numbers.clone()),
            text(standard.rating.clone()),
            text(standard.score),
            of_discretion(|one| Some(one.applied.to_string())),
            of_discretion(|one| one.reason.clone()),
            of_discretion(|one| one.authorised_by.clone()),
            of_discretion(|one| one.date.clone()),
        ];
        let of_questions = standard.questions.iter().map(|question| {
            [
                question.name.clone(),
                text(question.sufficient),
                text(question.relevant),
                text(question.share),
                text(question.rating.clone()),
                text(question.from),
                question.decides.to_string(),
            ]
        });
        let without = standard.questions.is_empty().then(<[String; 7]>::default);
        for of_question in of_questions.chain(without) {
            let cells = std::iter::once(standard.title.clone()).chain(of_question).chain(of_standard.clone());
            csv_row::write(cells, &mut written);
        }
    }
    let overall = [text(report.overall()), text(report.rating.total)];
    let cells = std::iter::once("overall".to_owned()).chain(<[String; 8]>::default()).chain(overall);
    csv_row::write(cells.chain(<[String; 4]>::default()), &mut written);
    String::from_utf8(written).unwrap_or_default()
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
