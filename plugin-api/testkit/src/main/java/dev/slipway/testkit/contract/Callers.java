package dev.slipway.testkit.contract;

import dev.slipway.testkit.TestClient;
import org.jspecify.annotations.Nullable;

/**
 * Who calls in the cases of a {@link ContractSuite}.
 *
 * @param anyone without a credential
 * @param owner may call everything: the owner of the root tenant, that tenant chosen
 * @param stranger the owner of another tenant, which is not the root tenant; that other tenant
 *     chosen
 * @param member somebody with the lowest role in the owner's tenant; null where there is none,
 *     which leaves out the cases of too low a role
 */
public record Callers(
    TestClient anyone, TestClient owner, TestClient stranger, @Nullable TestClient member) {}
