// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lemma.kit.io.StrictJson;
import dev.lemma.math.logistic.LinearModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The JSON form of a {@link ModelSpecification}: the features, and for each class its name, its
 * prior, its intercept and its coefficients, as decimal numbers that read back to the same bits. An
 * absent class has the intercept null.
 */
final class SpecificationJson {
  static final String KIND = "logistic-model";

  private static final String VERSION = "version";
  private static final String INTERCEPT = "intercept";
  private static final String COEFFICIENTS = "coefficients";
  private static final Set<String> KEYS = Set.of("lemma", VERSION, "features", "classes");
  private static final Set<String> CLASS_KEYS = Set.of("name", "prior", INTERCEPT, COEFFICIENTS);

  private SpecificationJson() {}

  static String write(ModelSpecification specification) {
    ObjectNode root = StoredJson.root(KIND, ModelSpecification.VERSION);
    ArrayNode features = root.putArray("features");
    specification.features().forEach(features::add);
    ArrayNode classes = root.putArray("classes");
    LinearModel model = specification.model();
    for (int k = 0; k < model.classes(); k++) {
      ObjectNode one = classes.addObject();
      one.put("name", specification.classes().get(k));
      one.put("prior", specification.priors().get(k));
      StoredJson.putNumber(one, INTERCEPT, model.hasClass(k) ? model.intercept(k) : Double.NaN);
      ArrayNode row = one.putArray(COEFFICIENTS);
      for (int j = 0; j < model.features(); j++) {
        row.add(model.coefficient(k, j));
      }
    }
    return StoredJson.text(root);
  }

  /**
   * Reads the JSON form.
   *
   * @param where the file, for the message
   */
  static ModelSpecification read(String json, String where) {
    try {
      JsonNode root = StoredJson.parse(json, where, KIND, ModelSpecification.VERSION);
      StrictJson.requireKnown(root, KEYS);
      List<String> features = StrictJson.texts(root, "features");
      JsonNode classes = StrictJson.list(root, "classes");
      int d = features.size();
      List<String> names = new ArrayList<>();
      List<Double> priors = new ArrayList<>();
      double[] intercepts = new double[classes.size()];
      double[] coefficients = new double[Math.multiplyExact(classes.size(), d)];
      for (int k = 0; k < intercepts.length; k++) {
        JsonNode one = classes.get(k);
        StrictJson.requireKnown(one, CLASS_KEYS);
        names.add(StrictJson.text(one, "name"));
        priors.add(StrictJson.number(one, "prior"));
        intercepts[k] =
            StrictJson.required(one, INTERCEPT).isNull()
                ? Double.NEGATIVE_INFINITY
                : StrictJson.number(one, INTERCEPT);
        double[] row = StrictJson.numbers(one, COEFFICIENTS);
        if (row.length != d) {
          throw new IllegalArgumentException(
              "class " + k + " has " + row.length + " coefficients for " + d + " features");
        }
        System.arraycopy(row, 0, coefficients, k * d, d);
      }
      return new ModelSpecification(
          names, features, priors, LinearModel.restored(intercepts, coefficients));
    } catch (JsonProcessingException e) {
      throw StoredJson.unusable(where, "text that is no JSON", e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw StoredJson.unusable(where, e.getMessage(), e);
    }
  }
}
