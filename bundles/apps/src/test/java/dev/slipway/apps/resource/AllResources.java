package dev.slipway.apps.resource;

import dev.slipway.apps.AppsPlatform;

/** The feature with every resource that it publishes. */
final class AllResources {
  private AllResources() {}

  static AppsPlatform start() {
    var feature = new AppsPlatform();
    feature.platform.register(
        new AppResource(feature.apps, feature.deletion),
        new AppFileResource(feature.files),
        new AppVariableResource(feature.variables),
        new EnvVarResource(feature.variables),
        new VariableVersionResource(feature.versions),
        new RotationResource(feature.rotations),
        new LeaseResource(feature.leaseService),
        new EnvironmentResource(feature.environments),
        new EnvironmentVariableResource(feature.environmentVariables),
        new ProcessResource(feature.processes),
        new ProjectEnvVarResource(feature.projectVariables),
        new ProjectAppResource(feature.apps),
        new ProjectMemberResource(feature.members),
        new ProjectResource(feature.projects),
        new PromotionGraphResource(feature.graph),
        new RegistryCredentialResource(feature.registries),
        new ReleaseHookResource(feature.hooks),
        new RuntimeResource(feature.runtime),
        new SecretTemplateResource(feature.templates),
        new VolumeResource(feature.volumes));
    return feature;
  }
}
