using KioskLink.Register.Profiles;

namespace KioskLink.Register.Requests;

/// <summary>Checks the name of another system in a request (R27).</summary>
internal static class AdapterField
{
    /// <summary>A system of the profile's list, or nothing.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT names the field: no other register is joined to this one.</exception>
    public static string Optional(string name, string field, ConsortiumProfile profile) => name.Length == 0 || profile.Adapters.Contains(name)
        ? name
        : throw Field.Wrong(field, "names a system that the consortium's profile does not list under `adapters`: no other register is joined to this one");
}
