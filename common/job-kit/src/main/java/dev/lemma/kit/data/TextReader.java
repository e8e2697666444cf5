// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.TextVectorizer;
import dev.lemma.math.text.Weighting;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** Turns texts into sparse rows. An empty text is a good row without entries. */
final class TextReader implements RowReader {
  private static final long serialVersionUID = 1L;

  // The specification itself is not serializable.
  private final TextUnit unit;
  private final int minGram;
  private final int maxGram;
  private final Weighting weighting;
  private final RowNorm norm;
  private final Broadcast<FrequencyTable> frequencies;
  private transient TextVectorizer vectorizer;

  TextReader(TextSpec spec, Optional<Broadcast<FrequencyTable>> frequencies) {
    if (spec.weighting() == Weighting.TF_IDF && frequencies.isEmpty()) {
      throw new IllegalArgumentException("tf-idf needs document frequencies, found none");
    }
    this.unit = spec.unit();
    this.minGram = spec.minGram();
    this.maxGram = spec.maxGram();
    this.weighting = spec.weighting();
    this.norm = spec.norm();
    this.frequencies = frequencies.orElse(null);
  }

  @Override
  public BadRow read(Object value, FeatureBuffer out) {
    if (value == null) {
      return BadRow.NULL;
    }
    UTF8String text = (UTF8String) value;
    if (vectorizer == null) {
      vectorizer = build();
    }
    if (text.getBaseObject() instanceof byte[] bytes) {
      int offset = (int) (text.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET);
      vectorizer.vectorize(bytes, offset, text.numBytes(), out.beginSparse());
    } else {
      byte[] copy = text.getBytes();
      vectorizer.vectorize(copy, 0, copy.length, out.beginSparse());
    }
    return BadRow.NONE;
  }

  @Override
  public BadRow check(Object value) {
    return value == null ? BadRow.NULL : BadRow.NONE;
  }

  private TextVectorizer build() {
    TextSpec spec = new TextSpec(unit, minGram, maxGram, weighting, norm);
    return frequencies == null
        ? new TextVectorizer(spec)
        : new TextVectorizer(spec, frequencies.value().frequencies());
  }
}
