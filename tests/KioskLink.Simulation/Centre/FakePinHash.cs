using System.Security.Cryptography;
using KioskLink.Rules.Pins;

namespace KioskLink.Simulation.Centre;

/// <summary>A PIN hash that costs nothing.</summary>
internal sealed class FakePinHash : IPinHash
{
    public static FakePinHash Instance { get; } = new();

    public string Algorithm => "fake";

    public byte[] Hash(ReadOnlySpan<byte> pin, ReadOnlySpan<byte> salt) => SHA256.HashData([.. pin, .. salt]);
}
