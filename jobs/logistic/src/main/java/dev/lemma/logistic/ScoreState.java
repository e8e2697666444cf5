// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.PredictionEvaluation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterOutputStream;

/**
 * What a scoring pass collects of labels and scores. All are counts and exact sums, so the order of
 * rows and of merging does not matter. Not thread-safe.
 */
final class ScoreState {
  private static final int COUNTS = 2;

  private final PredictionEvaluation evaluation;
  private long unlabelled;
  private long unseen;

  private ScoreState(PredictionEvaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** No rows. */
  static ScoreState of(int classes) {
    return new ScoreState(new PredictionEvaluation(classes));
  }

  /** How good the predictions were on rows whose label is a class of the model. */
  PredictionEvaluation evaluation() {
    return evaluation;
  }

  /** Rows without a label. */
  long unlabelled() {
    return unlabelled;
  }

  /** Rows whose label is no class of the model. */
  long unseen() {
    return unseen;
  }

  /**
   * Takes a row.
   *
   * @param label its class, {@link LabelIndex#UNSEEN} or {@link LabelIndex#NONE}
   */
  void add(int label, int predicted, double weight, double[] scores) {
    if (label == LabelIndex.NONE) {
      unlabelled++;
    } else if (label == LabelIndex.UNSEEN) {
      unseen++;
    } else {
      evaluation.add(label, predicted, weight, scores);
    }
  }

  void merge(ScoreState other) {
    evaluation.merge(other.evaluation);
    unlabelled += other.unlabelled;
    unseen += other.unseen;
  }

  /** The state, compressed: most of its numbers are zero. */
  byte[] toBytes() {
    long[] state = evaluation.toLongs();
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(state.length + COUNTS, Long.BYTES));
    bytes.putLong(unlabelled).putLong(unseen);
    bytes.asLongBuffer().put(state);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream compressed = new DeflaterOutputStream(out, deflater)) {
      compressed.write(bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  static ScoreState of(byte[] stored) {
    Inflater inflater = new Inflater();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InflaterOutputStream plain = new InflaterOutputStream(out, inflater)) {
      plain.write(stored);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      inflater.end();
    }
    ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray());
    long unlabelled = bytes.getLong();
    long unseen = bytes.getLong();
    long[] state = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(state);
    ScoreState made = new ScoreState(PredictionEvaluation.of(state));
    made.unlabelled = unlabelled;
    made.unseen = unseen;
    return made;
  }
}
