// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;

/**
 * A mark in the metadata of a column of numbers: few values make up nearly all of it, so that a
 * dictionary shortens it. Without the mark numbers are taken to be all different.
 */
public final class FewValues {
  private static final String KEY = "lemma.few-values";

  private FewValues() {}

  /** Sets the mark. */
  public static MetadataBuilder mark(MetadataBuilder metadata) {
    return metadata.putBoolean(KEY, true);
  }

  /** Whether the mark is set. */
  static boolean areIn(Metadata metadata) {
    return metadata.contains(KEY) && metadata.getBoolean(KEY);
  }
}
