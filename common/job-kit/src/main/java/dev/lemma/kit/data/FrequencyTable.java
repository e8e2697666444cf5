// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.math.text.DocumentFrequencies;
import java.io.Serializable;

/**
 * Document frequencies on their way to the executors: compact bytes, unpacked once a JVM when it is
 * broadcast.
 */
public final class FrequencyTable implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] bytes;
  private transient volatile DocumentFrequencies frequencies;

  /** The table to send. */
  public FrequencyTable(DocumentFrequencies frequencies) {
    this.bytes = frequencies.toBytes();
    this.frequencies = frequencies;
  }

  /** The table. */
  public DocumentFrequencies frequencies() {
    DocumentFrequencies known = frequencies;
    if (known == null) {
      synchronized (this) {
        known = frequencies;
        if (known == null) {
          known = DocumentFrequencies.of(bytes);
          frequencies = known;
        }
      }
    }
    return known;
  }
}
