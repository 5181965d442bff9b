# The rules of policies/bgsw/policy.rhai, with the numbers in force on 2019-05-20. A rule that says nothing is null.
# The whole decision of a case is one query: what every rule says, the tier, and what follows from it.
package bgsw

ordered := ["Green", "Amber", "Red-Amber", "Red"]
rank := {"Green": 0, "Amber": 1, "Red-Amber": 2, "Red": 3}
one_step_up := {"Green": "Amber", "Amber": "Red-Amber", "Red-Amber": "Red-Amber", "Red": "Red"}
place := {"low": 0, "medium": 1, "high": 2, "very_high": 3}
matrix := [
	["Green", "Amber", "Amber", "Red-Amber"],
	["Amber", "Amber", "Red-Amber", "Red"],
	["Red", "Red", "Red", "Red"],
	["Red", "Red", "Red", "Red"],
]

vulnerable_registrations := {"domestic_abuse_victim", "adult_at_risk", "vulnerability", "suicide_self_harm"}
safeguarding_registrations := {
	"domestic_abuse_perpetrator", "child_protection", "child_concerns", "risk_to_children", "stalking",
}
disputing_registrations := {"domestic_abuse_perpetrator", "child_protection", "risk_to_children", "sex_offender"}
disputing_offences := {
	"murder", "manslaughter", "rape", "sexual", "robbery", "aggravated_burglary", "wounding_gbh",
	"arson_endanger_life", "kidnap", "firearm", "non_molestation_order_breach", "restraining_order_breach",
	"stalking", "domestic_assault", "coercive_control",
}

# Helpers

level := max([
	place[input.rosh], place[input.rosh_public], place[input.rosh_children], place[input.rosh_known_adult],
	place[input.rosh_staff],
])

default disputed := false
disputed if { some one in input.registrations; one in disputing_registrations }
disputed if input.mappa
disputed if { some one in input.previous_offences; one in disputing_offences }
disputed if input.victim_vulnerable
disputed if input.category in disputing_offences

harm := 1 if { level == 0; disputed } else := level

band(score, medium, high, very_high) := 3 if { score >= very_high }
else := 2 if { score >= high }
else := 1 if { score >= medium }
else := 0

likely := max([band(input.ogrs3, 50, 75, 90), band(input.ogp, 34, 67, 85), band(input.ovp, 30, 60, 80)])

reached(score, cut_off) := 1 if { score >= cut_off } else := 0

needs := sum([
	reached(input.accommodation, 2), reached(input.ete, 3), reached(input.relationships, 2),
	reached(input.lifestyle, 2), reached(input.drugs, 2), reached(input.alcohol, 4), reached(input.thinking, 4),
	reached(input.attitudes, 2),
])

default is_vulnerable := false
is_vulnerable if input.domestic_abuse_victim
is_vulnerable if input.vulnerable
is_vulnerable if { some one in input.registrations; one in vulnerable_registrations }

default is_safeguarding := false
is_safeguarding if { some one in input.registrations; one in safeguarding_registrations }

missed := count([1 |
	some one in input.contacts
	one.outcome == "unacceptable_absence"
	one.day >= input.today - 90
])

default engages_poorly := false
engages_poorly if input.engagement == "poor"
engages_poorly if missed >= 2

risk := "Green" if {
	harm == 1
	likely == 0
	needs <= 1
	not is_vulnerable
	not is_safeguarding
	not engages_poorly
	not disputed
} else := matrix[harm][likely]

up := {"at_least": one_step_up[risk]}

default hub_eligible := false
hub_eligible if { input.single_unpaid_work; level == 0 }

# Rules

default custody := null
custody := {"decide": "Blue"} if { input.in_custody; not input.iom }

iom := null if { not input.iom }
else := {"at_least": "Red"} if { harm >= 1 }
else := {"at_least": "Red"} if { likely == 3 }
else := {"at_least": "Red-Amber"}

risk_matrix := {"at_least": risk}

serious_recidivism := {"at_least": "Red"} if { input.rsr >= 6.9 }
else := {"at_least": "Amber"} if { input.rsr >= 3 }
else := null

default safeguarding := null
safeguarding := {"at_least": "Amber"} if is_safeguarding

default many_needs := null
many_needs := up if needs >= 5

default vulnerability := null
vulnerability := up if is_vulnerable

default engagement := null
engagement := up if engages_poorly

default low_rosh_disputed := null
low_rosh_disputed := {"flag": "reassess_rosh"} if { level == 0; disputed }

default release_near := null
release_near := {"flag": "assess_for_release"} if { input.weeks_to_release >= 0; input.weeks_to_release < 12 }

default induction_one_to_one := null
induction_one_to_one := {"flag": "induction_one_to_one"} if {
	true in [
		input.vulnerable, input.learning_difficulty, input.interpreter_required, input.domestic_abuse_victim,
		input.rural,
	]
}

default reporting := null
reporting := {"flag": "reporting_arrangements"} if {
	true in [input.rural, input.evening_reporting, input.caring_responsibilities, input.interpreter_required]
}

default female_case_manager := null
female_case_manager := {"flag": "offer_female_officer"} if { input.sex == "female"; not input.female_officer_asked }

effects := [
	custody, iom, risk_matrix, serious_recidivism, safeguarding, many_needs, vulnerability, engagement,
	low_rosh_disputed, release_near, induction_one_to_one, reporting, female_case_manager,
]

# An override, which is judged outside, asks for the standards of another tier.
tier := input.tier if { input.tier }
else := "Blue" if { custody != null }
else := ordered[max([rank[effect.at_least] | some effect in effects; effect.at_least])]

# What follows from the tier

face_to_face(n, unit, first_within, upcoming) := {
	"every": n, "unit": unit, "mode": "face_to_face", "first_within": first_within, "upcoming": upcoming,
}

contact := {"every": 4, "unit": "week", "mode": "custody", "upcoming": 7} if { input.in_custody; input.iom }
else := null if { input.in_custody }
else := null if { tier == "Blue" }
else := face_to_face(1, "week", 2, 3) if { tier == "Red" }
else := face_to_face(2, "week", 5, 5) if { tier == "Red-Amber" }
else := face_to_face(3, "week", 5, 7) if { tier == "Amber" }
else := {"every": 6, "unit": "week", "mode": "hub", "first_within": 5, "upcoming": 10} if {
	input.managed_from == "operational_hub"
	hub_eligible
}
else := face_to_face(1, "month", 5, 10)

review := 42 if { input.in_community } else := null

allocation := {"grade": "pso", "from": "operational_hub"} if { tier == "Green"; hub_eligible }
else := {"grade": "po", "from": "front_office"} if { tier == "Red" }
else := {"grade": "po", "from": "front_office"} if { tier == "Blue"; input.iom }
else := {"grade": "pso", "from": "front_office"}

standards := {"contact": contact, "review": review, "allocation": allocation}

decision := {"effects": effects, "tier": tier, "standards": standards}
