// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.OutputMode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Takes one run's results from the staging folder to the output.
 *
 * <p>Around an output {@code name} lie, hidden by a leading dot, {@code .name.lemma-lease} while a
 * run works, {@code .name.lemma-RUN} with what it has staged, and while it publishes {@code
 * .name.lemma-RUN.journal} and {@code .name.lemma-RUN.old}. {@link #begin} takes the lease, carries
 * on what a dead run's journal says, and removes what dead runs left; {@link #publish} makes the
 * moves; {@link #abandon} removes what was staged. After a run that ended, well or not, none of
 * these names is left.
 *
 * <p>Promised on file systems with atomic renames (local, HDFS, and stores with a hierarchical
 * namespace): a reader finds the old output or the new one, whole, except for the moment between
 * the two renames of a replaced folder, when the name is free; in modes append and
 * overwrite-partitions, rows become visible file by file or partition by partition. On object
 * stores, where renaming a folder copies it, the moves take their time and readers can see them;
 * promised there is that nothing old is deleted before all that is new is in place, that {@code
 * _lemma/manifest.json} tells of the new rows only when they are there, and that the next run
 * completes what was cut short. Whoever needs an atomic switch writes to a table format.
 *
 * <p>Not thread-safe, but {@link #abandon} and {@link #release} may come from a shutdown hook when
 * the run's own thread is known to stay away.
 */
public final class Publisher {
  private final Storage storage;
  private final Configuration configuration;
  private final Target target;
  private final String run;
  private final LeaseTiming timing;
  private volatile boolean wasThere;
  private volatile Optional<Lease> lease = Optional.empty();
  private volatile Optional<StagedPublication> publication = Optional.empty();

  private Publisher(
      Storage storage, Configuration configuration, Target target, String run, LeaseTiming timing) {
    this.storage = storage;
    this.configuration = configuration;
    this.target = target;
    this.run = run;
    this.timing = timing;
  }

  /**
   * Finds out where results go; touches nothing.
   *
   * @param output what the configuration says of the output, if the job has one
   * @param manifest the folder that stands for {@code _lemma}, if one is named
   * @param configuration how to reach file systems
   * @param run identity of the run
   * @param timing of the lease
   * @return empty if the job has neither output nor manifest
   * @throws LemmaException with code 2 if the keys do not fit together
   */
  public static Optional<Publisher> of(
      Optional<OutputConfig> output,
      Optional<String> manifest,
      Configuration configuration,
      String run,
      LeaseTiming timing)
      throws IOException {
    return of(output, manifest, configuration, run, timing, (change, path) -> {});
  }

  static Optional<Publisher> of(
      Optional<OutputConfig> output,
      Optional<String> manifest,
      Configuration configuration,
      String run,
      LeaseTiming timing,
      Storage.Probe probe)
      throws IOException {
    Optional<Placement> placement = Placement.of(output, manifest);
    if (placement.isEmpty()) {
      return Optional.empty();
    }
    Path named = new Path(placement.get().root());
    Storage storage = Storage.of(named, configuration, probe);
    Path root = storage.qualified(named);
    Target target =
        placement.get().folder()
            ? Target.folder(root, output.orElseThrow())
            : Target.beside(root, output);
    return Optional.of(new Publisher(storage, configuration, target, run, timing));
  }

  /**
   * Refuses an input that the output would destroy.
   *
   * @param key the key that names the input
   * @param input a path or pattern
   * @throws LemmaException with code 2 if output and input overlap
   */
  public void requireApart(String key, String input) throws IOException {
    Overlap.refuse(target.root(), key, input, configuration);
  }

  /** What the output holds that forbids the run, in one line; empty if nothing. */
  public Optional<Problem> obstacle() throws IOException {
    String place = target.root().toString();
    Optional<Path> blocking = storage.fileAbove(target.root());
    if (blocking.isPresent()) {
      return Optional.of(
          Problem.of(
              place,
              "there is a file, not a folder, at " + blocking.get(),
              "choose an output.path whose parents are folders or do not exist yet"));
    }
    if (new Repair(storage, target, run).isDue()) {
      // What lies there is between two states; begin() asks again after the repair.
      return Optional.empty();
    }
    Occupancy occupancy = Occupancy.of(storage, target);
    return switch (occupancy) {
      case FREE -> Optional.empty();
      case FOREIGN ->
          Optional.of(
              Problem.of(
                  place,
                  "the output exists and carries no manifest of Lemma",
                  "choose another output.path, or move away what lies there"));
      case OURS ->
          target.output().map(OutputConfig::mode).equals(Optional.of(OutputMode.ERROR))
              ? Optional.of(
                  Problem.of(
                      place,
                      "the output exists",
                      "choose another output.path, or set output.mode to overwrite or append"))
              : Optional.empty();
    };
  }

  /** The manifest that describes the output, if there is one. */
  public Optional<JsonNode> previous() throws IOException {
    return Occupancy.manifest(storage, target.manifest());
  }

  /**
   * Takes the lease and puts the output in order after runs that died.
   *
   * @param say told what is waited for and what is repaired
   * @throws LemmaException with code 4 if the output exists or is leased; nothing has been written
   */
  public void begin(Consumer<String> say) throws IOException {
    refuseObstacle();
    wasThere = storage.exists(target.root());
    lease = Optional.of(Lease.take(storage, target.root(), target.lease(), run, timing, say));
    try {
      new Repair(storage, target, run).perform(say);
      refuseObstacle();
      storage.createNew(target.mark(run), new byte[0]);
      publication = Optional.of(new StagedPublication(storage, target, run, rowsThatStay()));
    } catch (IOException | RuntimeException e) {
      release();
      throw e;
    }
  }

  /** A run that took this one for dead has removed what was staged, whatever the lease says now. */
  private void requireStaged() throws IOException {
    if (!storage.exists(target.mark(run))) {
      throw new LemmaException(
          ExitCode.OUTPUT,
          Problem.of(
              target.root().toString(),
              "what this run had staged was removed while it worked",
              "nothing was published; run again when no other run writes there"));
    }
    storage.delete(target.mark(run));
  }

  private void refuseObstacle() throws IOException {
    Optional<Problem> obstacle = obstacle();
    if (obstacle.isPresent()) {
      throw new LemmaException(ExitCode.OUTPUT, obstacle.get());
    }
  }

  private Optional<JsonNode> rowsThatStay() throws IOException {
    return joins() ? previous() : Optional.empty();
  }

  private boolean joins() {
    return target
        .output()
        .map(OutputConfig::mode)
        .filter(mode -> mode == OutputMode.APPEND || mode == OutputMode.OVERWRITE_PARTITIONS)
        .isPresent();
  }

  /** Where the job writes; after {@link #begin}. */
  public Publication publication() {
    return staged();
  }

  /** What the manifest says of the output. */
  public Published published() {
    return staged().published();
  }

  private StagedPublication staged() {
    return publication.orElseThrow(() -> new IllegalStateException("begin() comes first"));
  }

  /** Writes a file of the run's own folder, {@code _lemma/runs/<id>/}, at once. */
  public void writeRunFile(String name, byte[] content) throws IOException {
    storage.replace(new Path(new Path(target.runs(), run), name), content);
  }

  /** Stages a file that will lie beside the manifest. */
  public void stageFile(String name, byte[] content) throws IOException {
    storage.replace(new Path(target.stagedLemma(run), name), content);
  }

  /** Where a file beside the manifest lies once it is published. */
  public String path(String name) {
    return new Path(target.lemma(), name).toString();
  }

  /** Makes sure that no other run has taken the lease; code 4 if one has. */
  public void verifyLease() {
    lease.orElseThrow(() -> new IllegalStateException("begin() comes first")).verify();
  }

  /** Whether a publication that this run began is left for the next run to complete. */
  public boolean isUnfinished() throws IOException {
    return storage.exists(target.journal(run));
  }

  /** Whether another run owns the output now, so that nothing may be written there. */
  public boolean isLeaseLost() {
    return lease.map(Lease::isLost).orElse(true);
  }

  /**
   * Publishes what was staged, with this manifest.
   *
   * @param spark the session that staged the rows; asked only for rows that go to a table
   * @return what could not be done after the rows were there, in words; the next run makes up for
   *     it
   * @throws LemmaException with code 4 if the lease was lost or the output has come to exist
   */
  public List<String> publish(byte[] manifest, Supplier<SparkSession> spark) throws IOException {
    verifyLease();
    requireStaged();
    refuseObstacle();
    stageFile("manifest.json", manifest);
    Moves moves = new Moves(storage, target, run);
    Journal journal;
    if (!target.folder()) {
      if (staged().hasMain()) {
        new TableWriter(target.output().orElseThrow())
            .write(spark.get().read().parquet(staged().mainPath().toString()));
      }
      journal = moves.descriptions();
    } else if (joins() && Occupancy.of(storage, target) == Occupancy.OURS) {
      OutputConfig output = target.output().orElseThrow();
      journal =
          output.mode() == OutputMode.APPEND
              ? moves.append()
              : moves.partitions(output.partitionBy().size());
    } else {
      journal = moves.swap();
    }
    List<String> undone = new ArrayList<>();
    if (!journal.commit(storage, target.journal(run))) {
      undone.add("what the old output left could not be deleted; the next run will");
    }
    // The rows are there: a run that failed now would be run again, and append them twice.
    try {
      writeRunFile("manifest.json", manifest);
    } catch (IOException | RuntimeException e) {
      undone.add("the outcome could not be written to the run's folder; the next run will");
    }
    return undone;
  }

  /**
   * Removes the records of this run, for a run that is to leave no trace; folders that only held
   * them go too, but not an output's folder that was there before the run.
   */
  public void forget() throws IOException {
    storage.delete(new Path(target.runs(), run));
    for (Path folder : List.of(target.runs(), target.lemma(), target.root())) {
      if (!storage.list(folder).isEmpty() || (wasThere && folder.equals(target.root()))) {
        return;
      }
      storage.delete(folder);
    }
  }

  /**
   * Refuses, before any work, a table that exists although the mode forbids it.
   *
   * @param spark asked for only when rows go to a table
   * @throws LemmaException with code 4 if it exists
   */
  public void refuseExistingTable(Supplier<SparkSession> spark) {
    if (!target.folder() && target.output().isPresent()) {
      new TableWriter(target.output().get()).refuseExisting(spark.get());
    }
  }

  /** Removes what was staged, unless a journal says that it is being published. */
  public void abandon() throws IOException {
    if (!isUnfinished()) {
      storage.delete(target.staging(run));
      storage.delete(target.aside(run));
    }
  }

  /** Leaves everything as a process does that is killed; for tests. */
  void die() {
    lease.ifPresent(Lease::stop);
  }

  /** Lets the lease go. */
  public void release() throws IOException {
    if (lease.isPresent()) {
      lease.get().release();
    }
  }
}
