// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.kit.io.StoredFile;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;

/**
 * A model on disk: Spark ML's {@code metadata/}, beside it {@code specification.json} to be read by
 * eye.
 */
final class FeatureModelFiles {
  private static final String SPECIFICATION = "specification.json";

  private FeatureModelFiles() {}

  static final class Writer extends MLWriter {
    private final RandomFeaturesModel model;

    Writer(RandomFeaturesModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sparkSession());
      Configuration hadoop = sparkSession().sessionState().newHadoopConf();
      byte[] json = model.specification().json().getBytes(StandardCharsets.UTF_8);
      StoredFile.write(hadoop, new Path(path, SPECIFICATION), json);
    }
  }

  static final class Reader extends MLReader<RandomFeaturesModel> {
    @Override
    public RandomFeaturesModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader$.MODULE$.loadMetadata(
              path, sparkSession(), RandomFeaturesModel.class.getName());
      Configuration hadoop = sparkSession().sessionState().newHadoopConf();
      Path file = new Path(path, SPECIFICATION);
      FeatureSpecification specification =
          FeatureSpecification.parse(
              new String(StoredFile.read(hadoop, file), StandardCharsets.UTF_8), file.toString());
      RandomFeaturesModel model = new RandomFeaturesModel(metadata.uid(), specification);
      metadata.getAndSetParams(model, scala.Option.empty());
      // The specification decides, should the two files disagree.
      return model.settle();
    }
  }
}
