using Grpc.Core;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Register.Tests.Patrons;

/// <summary>Calls about patrons as tests make them.</summary>
internal static class PatronCalls
{
    public static async Task<Patron> GetAsync(this TestRegister register, string customerId) =>
        (await register.Patrons.GetPatron(new GetPatronRequest { CustomerId = customerId }, TestCall.Admin())).Patron;

    /// <summary>A patron that is spoilt in one place is refused by that field's name, without its value.</summary>
    public static Task RefusedAsync(this TestRegister register, string field, Action<Patron> spoil) =>
        Refusals.RefusedAsync(StatusCode.InvalidArgument, $"`{field}`", () => register.PatronAsync("7", 7, spoil));
}
