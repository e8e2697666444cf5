// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The folders in which Spark keeps shuffles and what does not fit into memory: each must give back
 * what was written, and the slowest one is measured. Reading comes out of the system's cache,
 * mostly.
 */
final class LocalDisk {
  static final String WRITE = "disk write";
  static final String READ = "disk read";
  static final String CONTENT = "disks give back what was written";

  private static final int BUFFER = 1 << 20;
  private static final int ROUNDS = 2;
  private static final double NANOS = 1e9;

  private double write = Double.POSITIVE_INFINITY;
  private double read = Double.POSITIVE_INFINITY;
  private Optional<String> fault = Optional.empty();

  private LocalDisk() {}

  /**
   * Writes, forces to the disk, reads and deletes a file of {@code volume} bytes in the folders
   * together, twice each; the better time counts.
   */
  static List<Reading> readings(Place place, List<File> folders, long volume) {
    LocalDisk disk = new LocalDisk();
    for (File folder : folders) {
      disk.measure(folder.toPath(), Math.max(BUFFER, volume / folders.size() / ROUNDS));
    }
    Reading content =
        Reading.answer(place, CONTENT, Demand.KNOWN, Reading.YES, disk.fault.orElse(Reading.YES));
    return disk.fault.isPresent()
        ? List.of(content)
        : List.of(
            content,
            Reading.rate(place, WRITE, disk.write, Gauges.BYTES),
            Reading.rate(place, READ, disk.read, Gauges.BYTES));
  }

  private void measure(Path folder, long bytes) {
    try {
      double bestWrite = 0;
      double bestRead = 0;
      for (int round = 0; round < ROUNDS; round++) {
        Path file = Files.createTempFile(folder, "lemma-selfcheck", null);
        try {
          CRC32C written = new CRC32C();
          CRC32C found = new CRC32C();
          bestWrite = Math.max(bestWrite, write(file, bytes, written));
          bestRead = Math.max(bestRead, read(file, found));
          if (written.getValue() != found.getValue()) {
            fault = Optional.of("no, other bytes in " + folder);
          }
        } finally {
          Files.delete(file);
        }
      }
      write = Math.min(write, bestWrite);
      read = Math.min(read, bestRead);
    } catch (IOException e) {
      fault = Optional.of("no, " + folder + ": " + e);
    }
  }

  private static double write(Path file, long bytes, CRC32C sum) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(Noise.bytes(BUFFER, 1));
    long done = 0;
    long start = System.nanoTime();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      while (done < bytes) {
        buffer.clear();
        while (buffer.hasRemaining()) {
          done += channel.write(buffer);
        }
      }
      channel.force(true);
    }
    double rate = done * NANOS / (System.nanoTime() - start);
    for (long summed = 0; summed < done; summed += BUFFER) {
      sum.update(buffer.array(), 0, (int) Math.min(BUFFER, done - summed));
    }
    return rate;
  }

  private static double read(Path file, CRC32C sum) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    long done = 0;
    long start = System.nanoTime();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer.clear()) > 0) {
        buffer.flip();
        done += buffer.remaining();
        sum.update(buffer);
      }
    }
    return done * NANOS / (System.nanoTime() - start);
  }
}
