using KioskLink.Register.Facts;

namespace KioskLink.Register.Tests.Facts;

/// <summary>Compares cards by what the log would keep of them.</summary>
internal static class StoredCards
{
    public static byte[] Bytes(CardEntry card) => StoredFacts.Write(card);
}
