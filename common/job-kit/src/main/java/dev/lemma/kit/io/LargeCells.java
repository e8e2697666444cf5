// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;

/**
 * A mark in the metadata of a column: single cells may take megabytes. Without it Parquet looks
 * only every hundred rows whether a page is full, and a page has at most 2 GB.
 */
public final class LargeCells {
  private static final String KEY = "lemma.large-cells";

  private LargeCells() {}

  /** Sets the mark. */
  public static MetadataBuilder mark(MetadataBuilder metadata) {
    return metadata.putBoolean(KEY, true);
  }

  /** Whether the mark is set. */
  static boolean areIn(Metadata metadata) {
    return metadata.contains(KEY) && metadata.getBoolean(KEY);
  }
}
