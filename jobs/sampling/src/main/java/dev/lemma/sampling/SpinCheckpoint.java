// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The checkpoint of sweeps: the spins of all replicas, written by the executors that hold them, and
 * what the driver has noted of earlier sweeps, in segments. The progress is written last, so that
 * it never counts on anything that is not there.
 */
final class SpinCheckpoint {
  private static final String PROGRESS = "progress";
  private static final String SPINS = "spins-";
  private static final String BEST = "best-";

  private final RunCheckpoint files;
  private final JavaSparkContext context;
  private final SpinTrace trace;
  private final Path folder;
  private final FileSystem storage;

  /** Folders that this run has written; one that it began from may still be read. */
  private final List<Path> written = new ArrayList<>();

  private int stored;

  /** Sweeps of the state that is there; -1 where there is none. */
  private long last = -1;

  /**
   * How far a run had come.
   *
   * @param done sweeps
   * @param strips pieces of each replica
   * @param hasBest whether the best configurations lie beside the last ones
   */
  record Progress(long done, int strips, boolean hasBest) {}

  SpinCheckpoint(RunCheckpoint files, JavaSparkContext context, SpinTrace trace)
      throws IOException {
    this.files = files;
    this.context = context;
    this.trace = trace;
    this.folder = new Path(files.path());
    this.storage = folder.getFileSystem(context.hadoopConfiguration());
  }

  /** Reads what an earlier run left, and takes up its trace. */
  Optional<Progress> restore() throws IOException {
    Optional<Progress> progress = files.read(PROGRESS, this::read);
    if (progress.isPresent()) {
      last = progress.get().done();
      int draws = trace.draws(progress.get().done());
      while (stored < draws) {
        stored += segment(stored);
      }
    }
    for (String prefix : List.of(SPINS, BEST)) {
      FileStatus[] found = storage.globStatus(new Path(folder, prefix + "*"));
      for (FileStatus file : found == null ? new FileStatus[0] : found) {
        String name = file.getPath().getName();
        // What a run left that was killed while it wrote.
        if (progress.map(at -> !name.equals(prefix + at.done())).orElse(true)) {
          storage.delete(file.getPath(), true);
        }
      }
    }
    return progress;
  }

  private Progress read(DataInputStream in) throws IOException {
    Progress progress = new Progress(in.readLong(), in.readInt(), in.readBoolean());
    for (int replica = 0; replica < trace.replicas(); replica++) {
      trace.setBest(replica, in.readDouble(), in.readLong());
    }
    return progress;
  }

  private static String segmentName(int from) {
    return String.format("trace-%012d", from);
  }

  /** Reads the draws of a segment; returns their number. */
  private int segment(int from) throws IOException {
    return files
        .read(
            segmentName(from),
            in -> {
              int count = in.readInt();
              for (int i = from; i < from + count; i++) {
                for (int replica = 0; replica < trace.replicas(); replica++) {
                  trace.energies()[replica][i] = in.readDouble();
                  trace.orders()[replica][i] = in.readDouble();
                }
              }
              return count;
            })
        .orElseThrow(() -> new IOException("the checkpoint lacks " + segmentName(from)));
  }

  private void writeSegment(DataOutputStream out, int from, int to) throws IOException {
    out.writeInt(to - from);
    for (int i = from; i < to; i++) {
      for (int replica = 0; replica < trace.replicas(); replica++) {
        out.writeDouble(trace.energies()[replica][i]);
        out.writeDouble(trace.orders()[replica][i]);
      }
    }
  }

  /** The spins after so many sweeps, as they were cut. */
  JavaRDD<SpinPart> spins(long done) {
    return context.objectFile(new Path(folder, SPINS + done).toString());
  }

  /** The best configurations up to then. */
  JavaRDD<SpinPart> best(long done) {
    return context.objectFile(new Path(folder, BEST + done).toString());
  }

  /** Where it lies. */
  String path() {
    return files.path();
  }

  /**
   * Writes the state after a round, unless it is there already.
   *
   * @param best configurations, where they are kept
   */
  void save(Progress at, JavaRDD<SpinPart> parts, Optional<JavaRDD<SpinPart>> best)
      throws IOException {
    if (at.done() == last) {
      // Its files would be gone while they are written anew, and the progress count on them.
      return;
    }
    List<Path> now = new ArrayList<>();
    now.add(store(parts, SPINS + at.done()));
    if (best.isPresent()) {
      now.add(store(best.get(), BEST + at.done()));
    }
    int draws = trace.draws(at.done());
    if (draws > stored) {
      files.write(segmentName(stored), out -> writeSegment(out, stored, draws));
    }
    files.write(
        PROGRESS,
        out -> {
          out.writeLong(at.done());
          out.writeInt(at.strips());
          out.writeBoolean(at.hasBest());
          for (int replica = 0; replica < trace.replicas(); replica++) {
            out.writeDouble(trace.best(replica));
            out.writeLong(trace.bestSweep(replica));
          }
        });
    stored = draws;
    last = at.done();
    for (Path old : written) {
      storage.delete(old, true);
    }
    written.clear();
    written.addAll(now);
  }

  private Path store(JavaRDD<SpinPart> parts, String name) throws IOException {
    Path path = new Path(folder, name);
    storage.delete(path, true);
    try {
      parts.saveAsObjectFile(path.toString());
    } catch (Exception e) {
      // Spark wraps what a full disk says; the rest of its words are about tasks.
      throw new IOException(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
    return path;
  }

  /** Removes it. */
  void clear() throws IOException {
    files.clear();
  }
}
