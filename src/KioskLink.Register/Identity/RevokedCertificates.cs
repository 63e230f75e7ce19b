using System.Collections.Concurrent;

namespace KioskLink.Register.Identity;

/// <summary>Serial numbers of revoked certificates, in memory so that every call can look. Thread-safe.</summary>
internal sealed class RevokedCertificates
{
    private readonly ConcurrentDictionary<string, byte> _serials = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a serial number is revoked.</summary>
    public bool Contains(string serial) => _serials.ContainsKey(serial);

    /// <summary>Revokes serial numbers.</summary>
    public void Add(IEnumerable<string> serials)
    {
        foreach (var serial in serials) _serials.TryAdd(serial, 0);
    }
}
