package dev.slipway.accounts.store.tenant;

import dev.slipway.accounts.Member;
import dev.slipway.accounts.Seat;
import dev.slipway.api.Role;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code accounts_membership}. */
public interface MembershipMapper extends TableMapper<MembershipRow> {
  Table TABLE = Table.of("accounts_membership", "id", "tenant_id", "user_id", "role", "joined_at");

  /** A user's seats, the oldest first. */
  List<Seat> seats(@Param("userId") UUID userId, @Param("limit") int limit);

  /** A tenant's members, those who came first first. */
  List<Member> members(@Param("tenantId") UUID tenantId, @Param("limit") int limit);

  /** The members of several tenants other than this user. */
  List<TenantMember> others(
      @Param("tenantIds") UUID[] tenantIds,
      @Param("userId") UUID userId,
      @Param("limit") int limit);

  @Nullable MembershipRow seat(@Param("tenantId") UUID tenantId, @Param("userId") UUID userId);

  @Nullable Member owner(@Param("tenantId") UUID tenantId);

  /** Whether somebody with this address is a member. */
  boolean hasAddress(@Param("tenantId") UUID tenantId, @Param("emailKey") String emailKey);

  void setRole(@Param("id") UUID id, @Param("role") Role role);

  int count(@Param("tenantId") UUID tenantId);

  List<Count> countByTenant();

  List<Count> countByUser();
}
