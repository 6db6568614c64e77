package dev.slipway.deployments.store.approval;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements on {@code deployments_approval}. */
public interface ApprovalMapper extends TableMapper<ApprovalRow> {
  Table TABLE =
      Table.of(
          "deployments_approval",
          "id",
          "tenant_id",
          "app_id",
          "deployment_id",
          "user_id",
          "decision",
          "comment",
          "created_at");

  @Select("select * from deployments_approval where deployment_id = #{id} order by created_at, id")
  List<ApprovalRow> ofDeployment(UUID id);

  @Delete(
      "delete from deployments_approval where deployment_id = #{deploymentId}"
          + " and user_id = #{userId}")
  int withdraw(@Param("deploymentId") UUID deploymentId, @Param("userId") UUID userId);

  @Delete("delete from deployments_approval where app_id = #{appId}")
  int deleteOfApp(UUID appId);
}
