package dev.slipway.deployments.diagnosis;

import dev.slipway.deployments.store.StepKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of a deployment that failed.
 *
 * @param step at which it failed; null where none had begun
 * @param port where the app was expected to listen
 * @param error what the step ended with
 * @param lines of its log, oldest first
 */
public record Evidence(@Nullable StepKind step, int port, String error, List<String> lines) {}
