// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Puts an output in order after runs that died. For the holder of the lease: nobody else is alive
 * then, so whatever bears another run's name is a dead run's.
 */
final class Repair {
  /** A dead run is among the latest, because each run looks for them. */
  private static final int LATEST = 8;

  private final Storage storage;
  private final Target target;
  private final String run;

  Repair(Storage storage, Target target, String run) {
    this.storage = storage;
    this.target = target;
    this.run = run;
  }

  /** Whether a run died while it published. */
  boolean isDue() throws IOException {
    for (FileStatus entry : storage.list(target.root().getParent())) {
      if (target.isJournal(entry.getPath().getName())) {
        return true;
      }
    }
    return false;
  }

  /** Finishes journals, removes litter, and closes the manifests of dead runs. */
  void perform(Consumer<String> say) throws IOException {
    Path parent = target.root().getParent();
    for (FileStatus entry : storage.list(parent)) {
      Path path = entry.getPath();
      if (target.isJournal(path.getName())) {
        Optional<byte[]> content = storage.read(path);
        if (content.isPresent()) {
          Journal journal = Journal.read(path, content.get());
          say.accept("completing the publication that run " + journal.run() + " had begun");
          journal.finish(storage, path);
        }
      }
    }
    for (FileStatus entry : storage.list(parent)) {
      if (target.isLitter(entry.getPath().getName())) {
        storage.delete(entry.getPath());
      }
    }
    closeManifests();
  }

  /**
   * A run that was killed could not write its outcome; a manifest must not say running for ever.
   */
  private void closeManifests() throws IOException {
    List<FileStatus> runs = storage.list(target.runs());
    for (FileStatus entry : runs.subList(Math.max(0, runs.size() - LATEST), runs.size())) {
      String name = entry.getPath().getName();
      Path file = new Path(entry.getPath(), "manifest.json");
      Optional<JsonNode> manifest =
          name.equals(run) ? Optional.empty() : Occupancy.manifest(storage, file);
      if (manifest.isPresent() && manifest.get().path("status").asText().equals("running")) {
        storage.replace(file, outcome(name, manifest.get()));
      }
    }
  }

  private byte[] outcome(String name, JsonNode running) throws IOException {
    Optional<JsonNode> published = Occupancy.manifest(storage, target.manifest());
    if (published.isPresent() && published.get().path("run").asText().equals(name)) {
      return published.get().toPrettyString().getBytes(StandardCharsets.UTF_8);
    }
    ObjectNode dead = running.deepCopy();
    dead.put("status", "interrupted");
    dead.putObject("error")
        .put("message", "the process ended without writing an outcome")
        .put("hint", "the output is as it was; run again");
    return dead.toPrettyString().getBytes(StandardCharsets.UTF_8);
  }
}
