// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lemma.kit.io.StrictJson;
import dev.lemma.math.logistic.CoefficientErrors;
import dev.lemma.math.logistic.ColumnFault;
import dev.lemma.math.logistic.ColumnFinding;
import dev.lemma.math.logistic.Diagnosis;
import dev.lemma.math.logistic.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The JSON form of a {@link FitSummary}. Tests and intervals are not stored: they follow from
 * estimates and errors.
 */
final class SummaryJson {
  static final String KIND = "logistic-summary";
  static final int VERSION = 1;

  private SummaryJson() {}

  static String write(FitSummary summary) {
    ObjectNode root = StoredJson.root(KIND, VERSION);
    root.put("method", summary.method());
    root.put("passes", summary.passes());
    summary.rho().ifPresent(rho -> root.put("rho", rho));
    ArrayNode classes = root.putArray("classes");
    for (FitSummary.ClassCount count : summary.counts()) {
      classes.addObject().put("rows", count.rows()).put("weight", count.weight());
    }
    ArrayNode gains = root.putArray("gains");
    for (PassGain gain : summary.gains()) {
      ObjectNode one = gains.addObject().put("pass", gain.pass()).put("step", gain.step());
      StoredJson.putNumber(one, "log-loss", gain.logLoss());
    }
    summary
        .certificate()
        .ifPresent(
            certificate -> {
              ObjectNode one = root.putObject("certificate");
              StoredJson.putNumber(one, "decrement", certificate.decrement());
              one.put("outcome", certificate.outcome());
            });
    write(summary.diagnosis(), root.putObject("diagnosis"));
    root.put("errors", summary.errorKind());
    summary.reference().ifPresent(k -> root.put("reference", k));
    ArrayNode coefficients = root.putArray("coefficients");
    summary.coefficients().forEach((k, of) -> write(k, of, coefficients.addObject()));
    return StoredJson.text(root);
  }

  private static void write(Diagnosis diagnosis, ObjectNode node) {
    node.put("features", diagnosis.features());
    node.put("rank", diagnosis.rank());
    StoredJson.putNumber(node, "condition", diagnosis.condition());
    ArrayNode findings = node.putArray("findings");
    for (ColumnFinding finding : diagnosis.findings()) {
      ObjectNode one = findings.addObject();
      one.put("column", finding.column());
      one.put("fault", Keys.of(finding.fault()));
      finding.others().forEach(one.putArray("others")::add);
    }
    diagnosis.absentClasses().forEach(node.putArray("absent-classes")::add);
    diagnosis.singleRowClasses().forEach(node.putArray("single-row-classes")::add);
  }

  private static void write(int k, CoefficientErrors of, ObjectNode node) {
    node.put("class", k);
    StoredJson.putNumber(node, "intercept", of.intercept().value());
    StoredJson.putNumber(node, "intercept-error", of.intercept().error());
    ArrayNode values = node.putArray("values");
    ArrayNode errors = node.putArray("errors");
    for (Estimate slope : of.slopes()) {
      StoredJson.addNumber(values, slope.value());
      StoredJson.addNumber(errors, slope.error());
    }
  }

  /**
   * Reads the JSON form.
   *
   * @param where the file, for the message
   */
  static FitSummary read(String json, String where) {
    try {
      JsonNode root = StoredJson.parse(json, where, KIND, VERSION);
      List<FitSummary.ClassCount> counts = new ArrayList<>();
      for (JsonNode one : StrictJson.list(root, "classes")) {
        counts.add(
            new FitSummary.ClassCount(
                StrictJson.whole(one, "rows"), StrictJson.number(one, "weight")));
      }
      List<PassGain> gains = new ArrayList<>();
      for (JsonNode one : StrictJson.list(root, "gains")) {
        gains.add(
            new PassGain(
                StrictJson.small(one, "pass"),
                StrictJson.text(one, "step"),
                StoredJson.number(one, "log-loss")));
      }
      return new FitSummary(
          StrictJson.text(root, "method"),
          StrictJson.small(root, "passes"),
          counts,
          root.has("rho")
              ? OptionalDouble.of(StrictJson.number(root, "rho"))
              : OptionalDouble.empty(),
          StrictJson.text(root, "errors"),
          root.has("reference")
              ? OptionalInt.of(StrictJson.small(root, "reference"))
              : OptionalInt.empty(),
          coefficients(root),
          diagnosis(StrictJson.required(root, "diagnosis")),
          gains,
          Optional.ofNullable(root.get("certificate"))
              .map(
                  one ->
                      new Certificate(
                          StoredJson.number(one, "decrement"), StrictJson.text(one, "outcome"))));
    } catch (JsonProcessingException e) {
      throw StoredJson.unusable(where, "text that is no JSON", e);
    } catch (IllegalArgumentException e) {
      throw StoredJson.unusable(where, e.getMessage(), e);
    }
  }

  private static SortedMap<Integer, CoefficientErrors> coefficients(JsonNode root) {
    SortedMap<Integer, CoefficientErrors> coefficients = new TreeMap<>();
    for (JsonNode one : StrictJson.list(root, "coefficients")) {
      double[] values = StrictJson.numbers(one, "values");
      double[] errors = StrictJson.numbers(one, "errors");
      if (values.length != errors.length) {
        throw new IllegalArgumentException("\"values\" and \"errors\" are not as many");
      }
      List<Estimate> slopes = new ArrayList<>();
      for (int j = 0; j < values.length; j++) {
        slopes.add(new Estimate(values[j], errors[j]));
      }
      coefficients.put(
          StrictJson.small(one, "class"),
          new CoefficientErrors(
              new Estimate(
                  StoredJson.number(one, "intercept"), StoredJson.number(one, "intercept-error")),
              slopes));
    }
    return coefficients;
  }

  private static Diagnosis diagnosis(JsonNode node) {
    List<ColumnFinding> findings = new ArrayList<>();
    for (JsonNode one : StrictJson.list(node, "findings")) {
      findings.add(
          new ColumnFinding(
              StrictJson.small(one, "column"),
              Keys.constant(ColumnFault.class, StrictJson.text(one, "fault")),
              StrictJson.smalls(one, "others")));
    }
    return new Diagnosis(
        StrictJson.small(node, "features"),
        StrictJson.small(node, "rank"),
        StoredJson.number(node, "condition"),
        findings,
        StrictJson.smalls(node, "absent-classes"),
        StrictJson.smalls(node, "single-row-classes"));
  }
}
