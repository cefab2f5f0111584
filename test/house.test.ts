/** Rules of the house that types and linter cannot see. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allModels } from '../src/models/index.ts';

const models = await allModels();

const read = (file: string) => readFileSync(file, 'utf8');

function filesIn(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/'));
}

/** "file: match" for every match of `pattern`: an assertion on this shows the culprits. */
function found(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) => (read(file).match(pattern) ?? []).map((match) => `${file}: ${match}`));
}

const source = filesIn('src', /\.ts$/);

test('the top level holds only what it should', () => {
  const tracked = ['src', 'shaders', 'public', 'test', 'index.html', 'README.md'];
  const settings = ['package.json', 'package-lock.json', 'vite.config.ts', 'tsconfig.json'];
  const ignored = read('.gitignore').split('\n');
  const allowed = [...tracked, ...settings, ...ignored.map((line) => line.replace(/\/$/, ''))];
  const strangers = readdirSync('.').filter((name) => !name.startsWith('.') && !allowed.includes(name));
  expect(strangers).toEqual([]);
});

test('files stay short', () => {
  const lines = (file: string) => read(file).trimEnd().split('\n').length;
  const code = [...source, ...filesIn('test', /\.m?[jt]s$/), ...filesIn('public', /\.js$/), 'vite.config.ts'];
  const long = [
    ...code.filter((file) => lines(file) > 300),
    ...filesIn('shaders', /./).filter((file) => lines(file) > 120),
  ];
  expect(long.map((file) => `${file}: ${lines(file)} lines`)).toEqual([]);
});

test('no rule is switched off in place', () => {
  expect(found(source, /\b(eslint|oxlint)-disable[^*\n]*|@ts-(expect-error|nocheck)\b/g)).toEqual([]);
});

test('WebGPU is named only in gpu and engine', () => {
  const elsewhere = source.filter((file) => !/^src\/(gpu|engine)\//.test(file));
  expect(found(elsewhere, /\bGPU[A-Z]\w+|\bnavigator\.gpu\b/g)).toEqual([]);
});

test('the address bar is touched only in main and config/url', () => {
  const elsewhere = source.filter((file) => file !== 'src/main.ts' && file !== 'src/config/url.ts');
  const roundabout = /\b(globalThis|self|document)\.(window|location|history)\b/g;
  expect(found(elsewhere, roundabout)).toEqual([]);
});

test.each(Object.values(models))('README names every key of model $name', ({ parameters }) => {
  const readme = read('README.md');
  const named = (key: string) => new RegExp(`\`${key}[=\`]`).test(readme);
  expect(Object.keys(parameters).filter((key) => !named(key))).toEqual([]);
});

describe('imports', () => {
  interface Override {
    readonly files: readonly string[];
    readonly rules: {
      readonly 'no-restricted-imports'?: readonly [
        string,
        { readonly patterns: readonly { regex: string }[] },
      ];
    };
  }
  const { overrides } = JSON.parse(read('.oxlintrc.json')) as { overrides: readonly Override[] };
  const rules = overrides.flatMap(({ files, rules: { 'no-restricted-imports': rule } }) =>
    rule
      ? files.map((glob) => ({
          folder: glob.replace(/\*.*/, ''),
          patterns: rule[1].patterns.map((p) => p.regex),
        }))
      : [],
  );

  test('have rules in every folder of src', () => {
    const folders = readdirSync('src', { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `src/${entry.name}/`);
    expect(folders.filter((folder) => !rules.some((rule) => rule.folder === folder))).toEqual([]);
  });

  test('follow them also where they are dynamic, which the linter does not look at', () => {
    const culprits = rules.flatMap(({ folder, patterns }) =>
      source
        .filter((file) => file.startsWith(folder))
        .flatMap((file) =>
          [...read(file).matchAll(/\b(?:import|URL)\(\s*['"]([^'"]+)['"]/g)]
            .map(([, specifier]) => specifier!)
            .filter((specifier) => patterns.some((pattern) => new RegExp(pattern).test(specifier)))
            .map((specifier) => `${file}: ${specifier}`),
        ),
    );
    expect(culprits).toEqual([]);
  });
});
