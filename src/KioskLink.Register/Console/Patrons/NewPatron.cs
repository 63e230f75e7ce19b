using System.Globalization;
using System.Security.Cryptography;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Console.Api;
using KioskLink.Register.Console.Forms;
using Language = KioskLink.Protos.Types.V1.Language;

namespace KioskLink.Register.Console.Patrons;

/// <summary>A patron as the form of a new one tells it.</summary>
internal static class NewPatron
{
    private const int IdFrom = 100_000_000;
    private const int IdTo = 1_000_000_000;

    /// <summary>A customer id that says nothing of its holder, not even in what order patrons came.</summary>
    public static string FreshId() => RandomNumberGenerator.GetInt32(IdFrom, IdTo).ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether somebody has a customer id.</summary>
    public static async Task<bool> IsTakenAsync(RegisterApi api, string customerId)
    {
        try
        {
            await api.Patrons.GetPatronAsync(new GetPatronRequest { CustomerId = customerId });
            return true;
        }
        catch (RpcException nobody) when (nobody.StatusCode == StatusCode.NotFound)
        {
            return false;
        }
        catch (RpcException hidden) when (hidden.StatusCode == StatusCode.PermissionDenied)
        {
            // Somebody whose data the user may not read: the number is taken all the same.
            return true;
        }
    }

    /// <summary>What was typed.</summary>
    public static Patron Read(FormState form, string customerId) => new()
    {
        CustomerId = customerId,
        Surname = form.Text("surname"),
        FirstNames = form.Text("first_names"),
        DateOfBirth = form.Text("date_of_birth"),
        IdentityCode = form.Text("identity_code").ToUpperInvariant(),
        Gender = Enum.TryParse<Gender>(form.Text("gender"), out var gender) ? gender : Gender.Unspecified,
        Language = Enum.TryParse<Language>(form.Text("language"), out var language) ? language : Language.Unspecified,
        Group = form.Text("group"),
        HomeBranch = form.Text("home_branch"),
        ResponsibleCustomerId = form.Text("responsible_customer_id"),
        Contact = OwnView.Contacts.Read(form, null),
    };
}
