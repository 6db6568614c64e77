package dev.slipway.deployments.service.settings;

import dev.slipway.api.Patch;
import dev.slipway.deployments.store.settings.Concurrency;
import java.util.List;
import java.util.UUID;

/** Changes of an app's deployment settings; what is absent stays. */
public record SettingsPatch(
    Patch<String> defaultBranch,
    Patch<UUID> defaultEnvironmentId,
    Patch<Boolean> autoDeploy,
    Patch<List<String>> autoDeployBranches,
    Patch<List<String>> includePaths,
    Patch<List<String>> ignorePaths,
    Patch<Boolean> requireCiSuccess,
    Patch<Boolean> previewEnabled,
    Patch<Concurrency> concurrency,
    Patch<Integer> buildTimeoutSeconds,
    Patch<Integer> keepDeployments) {}
