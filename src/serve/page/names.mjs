// The names of a policy, and what they mean.

/// What a name means: a number with its value in force, an input, or a word of the language; nothing where it is none of these.
export function meaning(name, file, { numbers, inputs, words }) {
    const last = name.split(/::|\./).at(-1);
    const number = numbers.find((one) => (name.startsWith("param::") || file === "parameters") && one.name === last);
    if (number) return `${number.name}: ${JSON.stringify(number.value)}${number.unit ? ` ${number.unit}` : ""} since ${number.since}, ${number.description} (${number.source})`;
    const input = inputs.find(({ path }) => name === `person.${path}`);
    if (input) return `${name}: ${input.domain}; ${input.doc}`;
    const word = words.find(({ word }) => word.split("(")[0] === name);
    return word ? `${word.word}: ${word.doc}` : "";
}

/// The names that a file knows, for the editor to complete: inputs, numbers and words of the language.
export function names_of(file, { numbers, inputs, words }) {
    if (file !== "rules") return [];
    const known = [...inputs.map(({ path }) => `person.${path}`), ...numbers.map(({ name }) => `param::${name}`), ...words.map(({ word }) => /^\w+/.exec(word)?.[0]).filter(Boolean)];
    return [...new Set(known)].map((label) => ({ label, info: meaning(label, file, { numbers, inputs, words }) || undefined }));
}
