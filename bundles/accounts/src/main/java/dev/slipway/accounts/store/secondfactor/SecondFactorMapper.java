package dev.slipway.accounts.store.secondfactor;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** Statements on {@code accounts_second_factor} and {@code accounts_recovery_code}. */
public interface SecondFactorMapper extends TableMapper<SecondFactorRow> {
  Table TABLE =
      Table.of("accounts_second_factor", "id", "secret", "confirmed", "last_step", "created_at");

  /** Notes that a code was taken; 0 where it, or a later one, was taken before. */
  int take(@Param("id") UUID id, @Param("step") long step);

  void confirm(@Param("id") UUID id);

  void addCode(
      @Param("id") UUID id, @Param("userId") UUID userId, @Param("codeHash") String codeHash);

  /** Uses a recovery code up; 0 where there is none such. */
  int useCode(@Param("userId") UUID userId, @Param("codeHash") String codeHash);

  void deleteCodes(@Param("userId") UUID userId);

  int countCodes(@Param("userId") UUID userId);
}
