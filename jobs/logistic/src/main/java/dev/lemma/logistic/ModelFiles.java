// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.io.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A model on disk: Spark ML's {@code metadata/}, beside it {@code specification.json} with the
 * coefficients and {@code summary.json} with what the fit said of itself, both to be read by eye.
 */
final class ModelFiles {
  static final String SPECIFICATION = "specification.json";
  static final String SUMMARY = "summary.json";

  private ModelFiles() {}

  static final class Writer extends MLWriter {
    private final AnalyticLogisticRegressionModel model;

    Writer(AnalyticLogisticRegressionModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sparkSession());
      Configuration hadoop = sparkSession().sessionState().newHadoopConf();
      StoredFile.write(
          hadoop,
          new Path(path, SPECIFICATION),
          bytes(SpecificationJson.write(model.specification())));
      model
          .storedSummary()
          .ifPresent(
              summary ->
                  StoredFile.write(
                      hadoop, new Path(path, SUMMARY), bytes(SummaryJson.write(summary))));
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  static final class Reader extends MLReader<AnalyticLogisticRegressionModel> {
    /** Parameters that models had once; they say nothing of how a row is scored. */
    private static final List<String> FORMER = List.of("covariance");

    @Override
    public AnalyticLogisticRegressionModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader$.MODULE$.loadMetadata(
              path, sparkSession(), AnalyticLogisticRegressionModel.class.getName());
      Configuration hadoop = sparkSession().sessionState().newHadoopConf();
      Path file = new Path(path, SPECIFICATION);
      Path told = new Path(path, SUMMARY);
      AnalyticLogisticRegressionModel model =
          new AnalyticLogisticRegressionModel(
              metadata.uid(),
              SpecificationJson.read(text(hadoop, file), file.toString()),
              exists(hadoop, told)
                  ? Optional.of(SummaryJson.read(text(hadoop, told), told.toString()))
                  : Optional.empty());
      metadata.getAndSetParams(
          model, scala.Option.apply(CollectionConverters.asScala(FORMER).toList()));
      return model;
    }

    private static String text(Configuration hadoop, Path file) {
      return new String(StoredFile.read(hadoop, file), StandardCharsets.UTF_8);
    }

    private static boolean exists(Configuration hadoop, Path file) {
      try {
        return file.getFileSystem(hadoop).exists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
