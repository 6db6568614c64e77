package dev.slipway.webhooks.store;

import dev.slipway.webhooks.Endpoint;
import dev.slipway.webhooks.EndpointSummary;
import dev.slipway.webhooks.Family;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code webhooks_endpoint}; what was deleted is not seen. */
public interface EndpointMapper {
  @Nullable Endpoint find(@Param("family") Family family, @Param("id") UUID id);

  @Nullable Endpoint lock(@Param("family") Family family, @Param("id") UUID id);

  /** Newest first. */
  List<EndpointSummary> list(
      @Param("family") Family family, @Param("limit") int limit, @Param("offset") long offset);

  @Nullable EndpointSummary listed(@Param("family") Family family, @Param("id") UUID id);

  long count(@Param("family") Family family);

  /** Makes whoever adds endpoints of this tenant wait for each other. */
  int hold(@Param("tenantId") UUID tenantId);

  void insert(Endpoint endpoint);

  void insertQueue(Endpoint endpoint);

  int update(Endpoint endpoint);

  int markDeleted(@Param("id") UUID id, @Param("now") Instant now);

  int markDeletedOfApp(@Param("appId") UUID appId, @Param("now") Instant now);

  int markDeletedOfTenant(@Param("tenantId") UUID tenantId, @Param("now") Instant now);

  /** For delivery, whatever its family; null where it is deleted or takes nothing. */
  @Nullable Endpoint open(@Param("id") UUID id);

  int switchOff(
      @Param("id") UUID id, @Param("reason") Endpoint.OffReason reason, @Param("now") Instant now);

  /** Removes for good what was marked before then and has no deliveries any more. */
  int purge(@Param("before") Instant before, @Param("limit") int limit);
}
