// What the names of a policy mean, and how one that is begun goes on.

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

/// Names that one is the beginning of: inputs, numbers and words of the language.
export function names_from(begun, { numbers, inputs, words }) {
    if (begun.length < 3) return [];
    const known = [...inputs.map(({ path }) => `person.${path}`), ...numbers.map(({ name }) => `param::${name}`), ...words.map(({ word }) => /^\w+/.exec(word)?.[0]).filter(Boolean)];
    return [...new Set(known)].filter((one) => one.startsWith(begun) && one !== begun).slice(0, 6);
}
