// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Finds the moves that take a staged result to its output, one way for each mode. */
final class Moves {
  private final Storage storage;
  private final Target target;
  private final String run;

  Moves(Storage storage, Target target, String run) {
    this.storage = storage;
    this.target = target;
    this.run = run;
  }

  /**
   * The staged folder takes the output's name; records of runs and checkpoints are carried over.
   */
  Journal swap() {
    Path aside = target.aside(run);
    List<Journal.Move> moves = new ArrayList<>();
    moves.add(new Journal.Move(target.staging(run), target.root(), Optional.of(aside)));
    for (Path kept : List.of(target.runs(), target.checkpoint())) {
      Path away = new Path(new Path(aside, "_lemma"), kept.getName());
      moves.add(new Journal.Move(away, kept, Optional.empty()));
    }
    return new Journal(run, moves, List.of(aside));
  }

  /** Each new file joins those that are there; then what describes them is replaced. */
  Journal append() throws IOException {
    List<Journal.Move> moves = new ArrayList<>();
    join(target.staging(run), target.root(), moves);
    describe(moves);
    return new Journal(run, moves, List.of(target.staging(run), target.aside(run)));
  }

  /** Each new partition takes the place of the old one; then what describes them is replaced. */
  Journal partitions(int depth) throws IOException {
    List<Journal.Move> moves = new ArrayList<>();
    replace(target.staging(run), target.root(), target.aside(run), depth, moves);
    describe(moves);
    return new Journal(run, moves, List.of(target.staging(run), target.aside(run)));
  }

  /** Only what describes the rows is replaced, because they lie elsewhere. */
  Journal descriptions() throws IOException {
    List<Journal.Move> moves = new ArrayList<>();
    describe(moves);
    return new Journal(run, moves, List.of(target.staging(run), target.aside(run)));
  }

  private void join(Path from, Path to, List<Journal.Move> moves) throws IOException {
    for (FileStatus entry : storage.list(from)) {
      String name = entry.getPath().getName();
      if (HiddenName.matches(name)) {
        continue;
      }
      if (entry.isDirectory()) {
        join(entry.getPath(), new Path(to, name), moves);
        continue;
      }
      Path free = new Path(to, name);
      if (storage.exists(free)) {
        free = new Path(to, run + "-" + name);
      }
      moves.add(new Journal.Move(entry.getPath(), free, Optional.empty()));
    }
  }

  private void replace(Path from, Path to, Path aside, int depth, List<Journal.Move> moves)
      throws IOException {
    for (FileStatus entry : storage.list(from)) {
      String name = entry.getPath().getName();
      if (HiddenName.matches(name) || !entry.isDirectory()) {
        continue;
      }
      Path place = new Path(to, name);
      Path away = new Path(aside, name);
      if (depth > 1) {
        replace(entry.getPath(), place, away, depth - 1, moves);
      } else {
        moves.add(new Journal.Move(entry.getPath(), place, Optional.of(away)));
      }
    }
  }

  /** The manifest comes last: while it is the old one, the rest is not there for its readers. */
  private void describe(List<Journal.Move> moves) throws IOException {
    Path staged = target.stagedLemma(run);
    Path aside = new Path(target.aside(run), "_lemma");
    List<String> names = new ArrayList<>();
    for (FileStatus entry : storage.list(staged)) {
      names.add(entry.getPath().getName());
    }
    names.remove("manifest.json");
    names.add("manifest.json");
    for (String name : names) {
      moves.add(
          new Journal.Move(
              new Path(staged, name),
              new Path(target.lemma(), name),
              Optional.of(new Path(aside, name))));
    }
  }
}
