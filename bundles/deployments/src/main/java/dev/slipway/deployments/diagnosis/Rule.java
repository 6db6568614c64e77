package dev.slipway.deployments.diagnosis;

import dev.slipway.deployments.diagnosis.Finding.Proof;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.diagnosis.Category;
import dev.slipway.deployments.store.diagnosis.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words by which a cause is known.
 *
 * @param steps at which it can be the cause; empty = at all of them
 */
record Rule(
    String name,
    Category category,
    Severity severity,
    String title,
    String suggestion,
    double confidence,
    Set<StepKind> steps,
    Pattern words) {
  private static final int PROOFS = 3;
  private static final int LONGEST = 300;

  Optional<Finding> of(Evidence evidence) {
    if (!steps.isEmpty() && (evidence.step() == null || !steps.contains(evidence.step()))) {
      return Optional.empty();
    }
    var proofs = new ArrayList<Proof>();
    if (words.matcher(evidence.error()).find()) {
      proofs.add(new Proof("event", cut(evidence.error())));
    }
    for (var line : evidence.lines()) {
      if (proofs.size() < PROOFS && words.matcher(line).find()) {
        proofs.add(new Proof("log", cut(line)));
      }
    }
    return proofs.isEmpty() ? Optional.empty() : Optional.of(finding(proofs));
  }

  Finding finding(List<Proof> proofs) {
    return new Finding(name, category, severity, title, suggestion, confidence, proofs);
  }

  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
