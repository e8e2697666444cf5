// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.projection.Family;
import dev.lemma.math.projection.ProjectionSpec;
import dev.lemma.math.text.DocumentFrequencies;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.Weighting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * All that decides where a row lands: the random matrix, the arithmetic, and for text how words
 * become features. Its JSON form is the model file, written to be read by eye; two runs with equal
 * {@link #hash} share one space.
 *
 * @param matrix the random matrix R (k x d)
 * @param precision type of arithmetic and output
 * @param text how text becomes features; empty where rows are vectors
 * @param frequencies hash of the stored document frequencies that tf-idf weighs by; empty without
 *     tf-idf
 */
public record Specification(
    ProjectionSpec matrix,
    Precision precision,
    Optional<TextSpec> text,
    Optional<String> frequencies) {
  static final String KIND = "random-projection";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Refuses a text's frequencies without tf-idf and tf-idf without them. */
  public Specification {
    Objects.requireNonNull(matrix, "matrix");
    Objects.requireNonNull(precision, "precision");
    boolean weighs = text.isPresent() && text.get().weighting() == Weighting.TF_IDF;
    if (weighs != frequencies.isPresent()) {
      throw new IllegalArgumentException(
          "document frequencies belong to text weighted by tf-idf, and only there");
    }
    if (text.isPresent() && matrix.d().isPresent()) {
      throw new IllegalArgumentException("text has an open feature space: d must not be given");
    }
  }

  /** The first 16 hexadecimal digits of the SHA-256 of the compact JSON form. */
  public String hash() {
    return hash(tree().toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The hash by which a specification names its document frequencies. */
  static String hash(DocumentFrequencies frequencies) {
    return hash(frequencies.toBytes());
  }

  /** The first 16 hexadecimal digits of the SHA-256 of some bytes. */
  public static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The JSON form, indented. */
  public String json() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree()) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode tree() {
    ObjectNode root = JSON.createObjectNode();
    root.put("lemma", KIND);
    root.put("version", ProjectionSpec.VERSION);
    root.put("family", matrix.family().key());
    root.put("seed", matrix.seed());
    root.put("k", matrix.k());
    if (matrix.d().isPresent()) {
      root.put("d", matrix.d().getAsLong());
    }
    if (matrix.family() == Family.SPARSE_SIGN) {
      root.put("nonzeros", matrix.nonzeros());
    }
    if (matrix.family() == Family.VERY_SPARSE) {
      root.put("density", matrix.density());
    }
    root.put("precision", key(precision));
    if (text.isPresent()) {
      TextSpec spec = text.get();
      ObjectNode node = root.putObject("text");
      node.put("tokenizer", TextSpec.VERSION);
      node.put("unit", key(spec.unit()));
      node.put("min-gram", spec.minGram());
      node.put("max-gram", spec.maxGram());
      node.put("weighting", key(spec.weighting()));
      node.put("norm", key(spec.norm()));
      frequencies.ifPresent(hash -> node.put("frequencies", hash));
    }
    return root;
  }

  /**
   * Reads the JSON form.
   *
   * @param json what {@link #json} wrote, in this version or an earlier one
   * @param where the file, for the message
   * @throws LemmaException (code 3) if it is not a specification that this version can honour
   */
  public static Specification parse(String json, String where) {
    return new SpecificationReader(where).read(json);
  }

  /** The constant that a key in kebab-case spells. */
  public static <E extends Enum<E>> E constant(Class<E> type, String key) {
    return Enum.valueOf(type, key.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** The key in kebab-case of a constant. */
  public static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
