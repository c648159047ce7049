export async function compareReadme() {}
