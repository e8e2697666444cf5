// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the rows come from: any source that Spark reads.
 *
 * @param format short name or class of a Spark data source
 * @param path file, folder or pattern
 * @param table name in the catalog, or in the data base
 * @param sample name of a bundled sample
 * @param options options of the data source
 */
public record InputConfig(
    @Key(
            doc =
                "Spark data source: parquet, csv, json, orc, libsvm, jdbc, delta, iceberg and others",
            fallback = "parquet",
            effect = Effect.DATA)
        String format,
    @Key(doc = "File, folder or pattern to read", effect = Effect.DATA) Optional<String> path,
    @Key(
            doc =
                "Table of the catalog, or with format = jdbc of the data base, to read instead of a"
                    + " path",
            effect = Effect.DATA)
        Optional<String> table,
    @Key(
            doc = "Bundled sample to read instead of a path: wordnet (117,000 short English texts)",
            effect = Effect.DATA)
        Optional<String> sample,
    @Key(
            doc = "Options of the data source, such as header = true for csv",
            fallback = "{}",
            effect = Effect.DATA)
        Map<String, String> options)
    implements Checked {
  private static final Set<String> FILE_FORMATS =
      Set.of("parquet", "csv", "json", "orc", "text", "libsvm", "avro");

  /** Takes copies. */
  public InputConfig {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(sample, "sample");
    options = Map.copyOf(options);
    requireText(path, "path");
    requireText(table, "table");
    requireText(sample, "sample");
  }

  @Override
  public void check(Findings findings) {
    long places = Stream.of(path, table, sample).filter(Optional::isPresent).count();
    if (places > 1) {
      findings.add("path", "more than one of path, table and sample is set", "keep one of them");
    }
    if (places == 0 && (options.isEmpty() || FILE_FORMATS.contains(format))) {
      findings.add("path", "nothing to read", "set input.path, input.table or input.sample");
    }
  }

  private static void requireText(Optional<String> place, String name) {
    if (place.isPresent() && place.get().isBlank()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
  }
}
