package dev.slipway.deployments.service;

import dev.slipway.apps.ReleaseHook;
import java.util.List;

/**
 * The app's release hook as it was when a deployment was asked for.
 *
 * @param commands one after the other
 * @param timeoutSeconds how long all of them together may take
 */
public record Release(List<String> commands, int timeoutSeconds) {
  public static Release of(ReleaseHook hook) {
    return new Release(hook.commands(), hook.timeoutSeconds());
  }
}
