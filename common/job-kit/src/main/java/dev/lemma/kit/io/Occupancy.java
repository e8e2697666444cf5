// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** What lies at an output. Records of runs and checkpoints alone are nothing. */
enum Occupancy {
  /** Nothing that a run could overwrite. */
  FREE,
  /** A published output: a manifest of ours is there. */
  OURS,
  /** Something else. */
  FOREIGN;

  private static final Set<String> TRACES = Set.of("runs", "checkpoint");
  private static final ObjectMapper JSON = new ObjectMapper();

  static Occupancy of(Storage storage, Target target) throws IOException {
    Optional<FileStatus> status = storage.status(target.root());
    if (status.isEmpty()) {
      return FREE;
    }
    if (!status.get().isDirectory()) {
      return FOREIGN;
    }
    if (manifest(storage, target.manifest()).isPresent()) {
      return OURS;
    }
    boolean free =
        target.folder()
            ? onlyHolds(storage, target.root(), Set.of("_lemma"))
                && onlyHolds(storage, target.lemma(), TRACES)
            : onlyHolds(storage, target.lemma(), TRACES);
    return free ? FREE : FOREIGN;
  }

  /** The published manifest; empty also when what lies there is none of ours. */
  static Optional<JsonNode> manifest(Storage storage, Path file) throws IOException {
    Optional<byte[]> content = storage.read(file);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(new String(content.get(), StandardCharsets.UTF_8));
      boolean ours = json.path("run").isTextual() && json.path("job").isTextual();
      return ours ? Optional.of(json) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static boolean onlyHolds(Storage storage, Path folder, Set<String> names)
      throws IOException {
    for (FileStatus entry : storage.list(folder)) {
      if (!names.contains(entry.getPath().getName())) {
        return false;
      }
    }
    return true;
  }
}
