// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a chain as a CSV file of CmdStan's shape, for the tools that read such files (ArviZ,
 * stansummary, R's posterior and cmdstanr, the job {@code diagnose}): remarks with the settings, a
 * header, a line for each draw, {@code lp__} first.
 *
 * <p>Numbers are written so that they are read back to the same bits. Indices in brackets become
 * dots: {@code beta[2,1]} is the column {@code beta.2.1}.
 */
final class CmdStanCsv {
  private static final Pattern INDEXED = Pattern.compile("(.+)\\[([0-9]+(?:,[0-9]+)*)\\]");

  private CmdStanCsv() {}

  /**
   * Writes one chain.
   *
   * @param out where to; left open
   * @param model what the draws are of, for the remarks
   * @param chain number of the chain, from 1
   * @param settings further settings for the remarks, such as seed = 7
   * @param names columns, of which lp__ should be the first
   * @param draws n
   * @param values n x d draws, row after row
   * @throws IOException if writing fails
   * @throws IllegalArgumentException if the number of values is not n d
   */
  static void write(
      Appendable out,
      String model,
      int chain,
      Map<String, String> settings,
      List<String> names,
      int draws,
      double[] values)
      throws IOException {
    if (values.length != (long) draws * names.size()) {
      throw new IllegalArgumentException(
          draws + " x " + names.size() + " draws expected, found " + values.length);
    }
    out.append("# stan_version_major = 2\n# stan_version_minor = 35\n# stan_version_patch = 0\n");
    out.append("# model = ").append(model).append('\n');
    out.append("# method = sample (Default)\n#   sample\n");
    out.append("#     num_samples = ").append(Integer.toString(draws)).append('\n');
    out.append("#     num_warmup = 0\n#     save_warmup = 0 (Default)\n#     thin = 1 (Default)\n");
    out.append("#     adapt\n#       engaged = 0\n");
    out.append("#     algorithm = fixed_param\n");
    out.append("#     num_chains = 1 (Default)\n");
    out.append("# id = ").append(Integer.toString(chain)).append('\n');
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      out.append("# ").append(setting.getKey()).append(" = ").append(setting.getValue());
      out.append('\n');
    }
    int columns = names.size();
    for (int j = 0; j < columns; j++) {
      out.append(j == 0 ? "" : ",").append(column(names.get(j)));
    }
    out.append('\n');
    for (int i = 0; i < draws; i++) {
      for (int j = 0; j < columns; j++) {
        out.append(j == 0 ? "" : ",").append(text(values[i * columns + j]));
      }
      out.append('\n');
    }
  }

  /** A parameter's name as CmdStan writes it. */
  static String column(String name) {
    Matcher indexed = INDEXED.matcher(name);
    return indexed.matches() ? indexed.group(1) + "." + indexed.group(2).replace(',', '.') : name;
  }

  private static String text(double value) {
    if (Double.isFinite(value)) {
      return Double.toString(value);
    }
    return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }
}
