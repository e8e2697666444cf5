// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.config.OutputMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a manifest says of an output.
 *
 * @param path the folder published, or the one that stands for {@code _lemma}
 * @param table table of the catalog, if rows went to one
 * @param format data source of the rows, if there are any
 * @param mode how they were published
 * @param schema columns and types of the main table in Spark's notation, if one was written
 * @param partitionBy columns that make folders, with commas between
 * @param same hashes that what is added later must meet, by name
 * @param runs the runs whose rows are there, oldest first
 */
public record Published(
    String path,
    Optional<String> table,
    Optional<String> format,
    OutputMode mode,
    Optional<String> schema,
    String partitionBy,
    Map<String, String> same,
    List<String> runs) {
  /** Takes copies. */
  public Published {
    same = Map.copyOf(same);
    runs = List.copyOf(runs);
  }

  static List<String> runs(Optional<JsonNode> previous, String run) {
    List<String> runs = new ArrayList<>();
    previous.ifPresent(
        manifest ->
            manifest.path("output").path("runs").forEach(earlier -> runs.add(earlier.asText())));
    runs.add(run);
    return runs;
  }
}
