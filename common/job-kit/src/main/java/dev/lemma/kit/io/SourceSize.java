// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

/**
 * How much lies at a source, found without reading its data.
 *
 * @param files number of data files, at least 0
 * @param bytes their bytes as stored, at least 0
 */
public record SourceSize(long files, long bytes) {
  /** Refuses negative counts. */
  public SourceSize {
    if (files < 0 || bytes < 0) {
      throw new IllegalArgumentException("negative size: " + files + " files, " + bytes + " bytes");
    }
  }
}
