/** The file of features that a command names, and the config that it completes. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AnyConfig, FileReference } from '../config/parameter.ts';
import { openDataSet, type DataSet } from '../data/dataSet.ts';
import { keep } from '../data/shelf.ts';
import { UsageError, type Options } from './options.ts';

/** Throws UsageError on a file that cannot be used, or that is not the one of the link. */
async function open(path: string, { model, config }: Options): Promise<DataSet> {
  if (!model.opened) throw new UsageError(`--data ${path}: model ${model.name} takes no file`);
  let dataSet: DataSet;
  try {
    const { buffer, byteOffset, byteLength } = await readFile(path);
    dataSet = await openDataSet(
      basename(path),
      buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer,
    );
  } catch (error) {
    throw new UsageError(`--data ${path}: ${(error as Error).message}`, { cause: error });
  }
  const { name, hash } = config['data'] as FileReference;
  if (hash !== '' && hash !== dataSet.hash) {
    throw new UsageError(
      `--data ${path}: has hash ${dataSet.hash}; expected ${hash}, the hash of ${name} in the link`,
    );
  }
  return dataSet;
}

/** The config to run, and the data set that workers need for it. Throws UsageError where values do not go together. */
export async function complete(
  options: Options,
): Promise<{ config: AnyConfig; dataSet: DataSet | undefined }> {
  const { model, data } = options;
  const dataSet = data === undefined ? undefined : await open(data, options);
  if (dataSet) keep(dataSet);
  const config = dataSet ? Object.freeze({ ...options.config, ...model.opened!(dataSet) }) : options.config;
  const unfit = model.problem?.(config);
  if (unfit !== undefined) throw new UsageError(unfit);
  return { config, dataSet };
}
