package dev.slipway.deployments.store.approval;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** Statements on {@code deployments_approval_policy}. */
public interface PolicyMapper extends TableMapper<PolicyRow> {
  Table TABLE =
      Table.of(
          "deployments_approval_policy",
          "id",
          "tenant_id",
          "app_id",
          "enabled",
          "environments",
          "required_approvals",
          "approver_roles",
          "approver_user_ids",
          "allow_self_approval",
          "expires_after_minutes",
          "updated_by",
          "updated_at");

  @Select("select * from deployments_approval_policy where app_id = #{appId}")
  @Nullable PolicyRow ofApp(UUID appId);

  @Delete("delete from deployments_approval_policy where app_id = #{appId}")
  int deleteOfApp(UUID appId);
}
