package dev.slipway.deployments.resource.build;

import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.resource.DeploymentPayloads;
import dev.slipway.deployments.store.build.BuildRow;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Builds and releases as clients see them. */
public final class BuildPayloads {
  private BuildPayloads() {}

  /** A wish for an earlier release. */
  public record Rollback(
      @Size(max = 63) @Nullable String environment,
      @Size(max = 1000)
          @Pattern(regexp = DeploymentPayloads.TEXT, message = DeploymentPayloads.NO_TEXT)
          @Nullable String reason) {}

  /** A package inside an image. */
  public record Dep(String name, String version, String ecosystem, boolean direct) {}

  /** Something with a version; null where the agent did not tell. */
  public record Named(@Nullable String name, @Nullable String version) {
    static Named of(Map<String, @Nullable String> stored) {
      return new Named(stored.get("name"), stored.get("version"));
    }
  }

  /** What an image stands on; null where the source's own Dockerfile decides. */
  public record Base(@Nullable String image, @Nullable String digest) {
    static Base of(Map<String, @Nullable String> stored) {
      return new Base(stored.get("image"), stored.get("digest"));
    }
  }

  /** What is known of a build; no agent tells digest, size, packages and use of a cache yet. */
  public record Manifest(
      UUID id,
      UUID appId,
      @Nullable UUID deploymentId,
      String releaseName,
      @Nullable String commitSha,
      @Nullable String branch,
      Named framework,
      Named runtime,
      Base base,
      List<Dep> deps,
      @Nullable String image,
      @Nullable String imageDigest,
      String builder,
      @Nullable Boolean cacheHit,
      @Nullable Long sizeBytes,
      long durationMs,
      BuildRow.Status status,
      @Nullable Integer p95Ms,
      Instant createdAt) {

    static Manifest of(BuildRow row) {
      return new Manifest(
          row.id(),
          row.appId(),
          row.deploymentId(),
          row.releaseName(),
          row.commitSha(),
          row.branch(),
          Named.of(row.framework()),
          Named.of(row.runtime()),
          Base.of(row.base()),
          List.of(),
          row.image(),
          null,
          row.builder(),
          null,
          null,
          row.durationMs(),
          row.status(),
          null,
          row.createdAt());
    }
  }

  /** A page of builds; null where it is the last. */
  public record BuildsAnswer(List<Manifest> builds, @Nullable Instant nextBefore) {
    static BuildsAnswer of(List<BuildRow> rows, int limit) {
      return new BuildsAnswer(
          rows.stream().map(Manifest::of).toList(),
          rows.size() < limit ? null : rows.getLast().createdAt());
    }
  }

  /** One thing of two builds. */
  public record NamedChange(Named from, Named to) {}

  /** What two images stand on. */
  public record BaseChange(Base from, Base to) {}

  /** A package of two builds. */
  public record DepChange(String name, String from, String to) {}

  /** Packages of two builds. */
  public record DepsChange(List<Dep> added, List<Dep> removed, List<DepChange> changed) {}

  /** Two builds side by side. */
  public record DiffAnswer(
      UUID a,
      UUID b,
      NamedChange framework,
      BaseChange base,
      NamedChange runtime,
      DepsChange deps,
      boolean identical) {
    static DiffAnswer of(BuildRow a, BuildRow b) {
      return new DiffAnswer(
          a.id(),
          b.id(),
          new NamedChange(Named.of(a.framework()), Named.of(b.framework())),
          new BaseChange(Base.of(a.base()), Base.of(b.base())),
          new NamedChange(Named.of(a.runtime()), Named.of(b.runtime())),
          new DepsChange(List.of(), List.of(), List.of()),
          a.framework().equals(b.framework())
              && a.base().equals(b.base())
              && a.runtime().equals(b.runtime()));
    }
  }

  /** A release that is about to run again. */
  public record RollbackAnswer(
      UUID deploymentId,
      String releaseName,
      @Nullable String image,
      @Nullable String imageDigest,
      boolean rebuild) {
    static RollbackAnswer of(String release, Deployment deployment) {
      return new RollbackAnswer(deployment.id(), release, deployment.image(), null, false);
    }
  }
}
