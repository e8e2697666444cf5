// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.io.Checkpoints;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The checkpoint of a run: who wrote it, the state of the sampler, and numbers that only grow
 * (draws, evaluations), in segments that are written once. The state is written last, so that it
 * never counts on a segment that is not there.
 */
final class RunCheckpoint {
  /** Raised when files mean something else. */
  private static final int LAYOUT = 2;

  private static final String IDENTITY = "identity";

  /** Reads or writes a part of a file. */
  interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  /** Reads a file. */
  interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  private final Checkpoints files;
  private final String identity;
  private boolean signed;

  private RunCheckpoint(Checkpoints files, String identity, boolean signed) {
    this.files = files;
    this.identity = identity;
    this.signed = signed;
  }

  /**
   * Sees, before any row is read, that the checkpoint can be gone on from as far as keys say.
   *
   * @param configuration hash of the keys that decide results
   * @throws LemmaException with code 3 if there is one of another configuration, or none although
   *     it is required
   */
  static void foresee(Checkpoints files, Resume resume, String configuration) throws IOException {
    Optional<String> stored = resume == Resume.NEVER ? Optional.empty() : identity(files);
    if (stored.isEmpty() && resume == Resume.REQUIRED) {
      throw missing(files);
    }
    if (stored.isPresent() && !stored.get().startsWith(identity(configuration, ""))) {
      throw other(files, stored.get(), identity(configuration, ""));
    }
  }

  /**
   * Opens the checkpoint of a run.
   *
   * @param configuration hash of the keys that decide results
   * @param data fingerprint of the rows, and their number
   * @throws LemmaException with code 3 if there is one of another configuration or other rows, or
   *     none although it is required
   */
  static RunCheckpoint open(Checkpoints files, Resume resume, String configuration, String data)
      throws IOException {
    String identity = identity(configuration, data);
    if (resume == Resume.NEVER) {
      files.clear();
    }
    Optional<String> stored = identity(files);
    if (stored.isEmpty() && resume == Resume.REQUIRED) {
      throw missing(files);
    }
    if (stored.isPresent() && !stored.get().equals(identity)) {
      throw other(files, stored.get(), identity);
    }
    return new RunCheckpoint(files, identity, stored.isPresent());
  }

  private static String identity(String configuration, String data) {
    return "layout " + LAYOUT + "\nconfiguration " + configuration + "\ndata " + data;
  }

  private static Optional<String> identity(Checkpoints files) throws IOException {
    return files.read(IDENTITY).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static LemmaException missing(Checkpoints files) {
    return new LemmaException(
        ExitCode.INPUT,
        Problem.of(
            "resume = required",
            "there is no checkpoint at " + files.path(),
            "set resume = auto to begin anew"));
  }

  private static LemmaException other(Checkpoints files, String stored, String identity) {
    return new LemmaException(
        ExitCode.INPUT,
        Problem.of(
            files.path(),
            "the checkpoint was made " + difference(stored, identity),
            "set resume = never to give it up, or choose another output.path"));
  }

  private static String difference(String stored, String identity) {
    String[] then = stored.split("\n");
    String[] now = identity.split("\n");
    if (then.length != now.length || !then[0].equals(now[0])) {
      return "by another version of lemma";
    }
    return then[1].equals(now[1])
        ? "from other rows"
        : "with another configuration of keys that decide the draws";
  }

  /** Where it lies. */
  String path() {
    return files.path();
  }

  /** Writes a file. */
  synchronized void write(String name, Writing content) throws IOException {
    // Not before there is something to keep: a run that fails early binds no later one.
    if (!signed) {
      files.write(IDENTITY, identity.getBytes(StandardCharsets.UTF_8));
      signed = true;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      content.to(out);
    }
    files.write(name, bytes.toByteArray());
  }

  /** Reads a file, empty where there is none. */
  <T> Optional<T> read(String name, Reading<T> content) throws IOException {
    Optional<byte[]> bytes = files.read(name);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.get()))) {
      return Optional.of(content.from(in));
    }
  }

  /**
   * Writes numbers {@code from} to {@code to} - 1 of a sequence that only grows.
   *
   * @param values of which these are written
   */
  void append(String sequence, double[] values, int from, int to) throws IOException {
    if (from == to) {
      return;
    }
    write(
        String.format(Locale.ROOT, "%s-%012d", sequence, from),
        out -> {
          out.writeInt(to - from);
          for (int i = from; i < to; i++) {
            out.writeDouble(values[i]);
          }
        });
  }

  /** Reads the first {@code count} numbers of a sequence into {@code values}. */
  void restore(String sequence, double[] values, int count) throws IOException {
    int done = 0;
    while (done < count) {
      int from = done;
      done +=
          read(
                  String.format(Locale.ROOT, "%s-%012d", sequence, from),
                  in -> {
                    int length = in.readInt();
                    for (int i = 0; i < length; i++) {
                      values[from + i] = in.readDouble();
                    }
                    return length;
                  })
              .orElseThrow(
                  () ->
                      new LemmaException(
                          ExitCode.INPUT,
                          Problem.of(
                              files.path(),
                              "the checkpoint lacks a file of " + sequence,
                              "set resume = never to give it up")));
    }
  }

  /** Removes it. */
  void clear() throws IOException {
    files.clear();
  }

  static void writeDoubles(DataOutputStream out, double[] values) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static double[] readDoubles(DataInputStream in) throws IOException {
    double[] values = new double[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }

  static void writeLongs(DataOutputStream out, long[] values) throws IOException {
    out.writeInt(values.length);
    for (long value : values) {
      out.writeLong(value);
    }
  }

  static long[] readLongs(DataInputStream in) throws IOException {
    long[] values = new long[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readLong();
    }
    return values;
  }
}
