package dev.slipway.deployments.store;

import dev.slipway.apps.AppStatus;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import dev.slipway.deployments.ApprovalState;
import dev.slipway.deployments.DeploymentStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code deployments_deployment}. */
public interface DeploymentMapper extends TableMapper<DeploymentRow> {
  Table TABLE =
      Table.of(
          "deployments_deployment",
          "id",
          "tenant_id",
          "app_id",
          "environment_id",
          "project_id",
          "server_id",
          "status",
          "trigger",
          "branch",
          "commit_sha",
          "commit_message",
          "image",
          "rollback_of",
          "promoted_from",
          "reason",
          "preview_url",
          "error_message",
          "created_by",
          "created_at",
          "started_at",
          "live_at",
          "finished_at",
          "operation_id",
          "recipe",
          "overrides",
          "no_cache",
          "clone_dir",
          "app_status_before",
          "progress_seq",
          "looked_at",
          "intent_id",
          "approval_state",
          "approvals_required",
          "approval_until",
          "release_name",
          "build_id",
          "variables");

  /** One at a time works on an app until the unit of work ends. */
  int gate(UUID appId);

  @Nullable UUID enter(UUID id);

  List<DeploymentRow> list(
      @Param("filter") DeploymentFilter filter,
      @Param("limit") int limit,
      @Param("offset") int offset);

  /** Counts no further than it is told. */
  long count(@Param("filter") DeploymentFilter filter, @Param("most") int most);

  @Nullable DeploymentRow active(Place place);

  List<DeploymentRow> activeOn(UUID serverId);

  @Nullable DeploymentRow live(Place place);

  /** Those that wait, oldest first. */
  List<DeploymentRow> waiting(Place place);

  /** Those that wait, and those that are held for an approval, oldest first. */
  List<DeploymentRow> ahead(Place place);

  @Nullable DeploymentRow newestUnfinished(Place place);

  @Nullable DeploymentRow newestUnfinishedOfApp(UUID appId);

  /** The first that waits in each place of an app. */
  List<DeploymentRow> nextOfApp(UUID appId);

  /** All of an app that are not over, oldest first. */
  List<DeploymentRow> openOfApp(UUID appId);

  /** The latest version that was live before the current one and has another image. */
  @Nullable DeploymentRow before(
      @Param("place") Place place, @Param("id") UUID current, @Param("image") String image);

  @Nullable DeploymentRow move(
      @Param("id") UUID id,
      @Param("from") DeploymentStatus from,
      @Param("to") DeploymentStatus to,
      @Param("error") @Nullable String error,
      @Param("at") Instant at);

  int approval(@Param("id") UUID id, @Param("state") ApprovalState state, @Param("at") Instant at);

  int began(@Param("id") UUID id, @Param("before") AppStatus before);

  int built(@Param("id") UUID id, @Param("buildId") UUID buildId, @Param("release") String release);

  int variables(@Param("id") UUID id, @Param("sealed") String sealed);

  /** The latest that was live before this one was asked for. */
  @Nullable DeploymentRow previous(@Param("place") Place place, @Param("id") UUID id);

  /** The latest in a place that was live with this build. */
  @Nullable DeploymentRow ofBuild(@Param("place") Place place, @Param("buildId") UUID buildId);

  /** The latest in any place that was live with this build. */
  @Nullable DeploymentRow liveOfBuild(UUID buildId);

  /** Those that were not over at a time, oldest first. */
  List<DeploymentRow> since(@Param("appId") UUID appId, @Param("from") Instant from);

  /** When the next version went live; null where none did. */
  @Nullable Instant replaced(@Param("place") Place place, @Param("liveAt") Instant liveAt);

  int cloned(@Param("id") UUID id, @Param("dir") String dir);

  int reachable(@Param("id") UUID id, @Param("url") @Nullable String url);

  int nextProgress(UUID id);

  int regroup(@Param("appId") UUID appId, @Param("projectId") @Nullable UUID projectId);

  int ungroup(UUID projectId);

  int moveLive(@Param("from") UUID from, @Param("to") UUID to);

  int deleteOfApp(UUID appId);
}
