using System.Text.RegularExpressions;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Console.Sessions;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Console.Patrons;

/// <summary>
/// The search of every page. It is posted, so that no card number and no name stands in an address, a browser's history or a
/// proxy's log; what was searched is kept in the session.
/// </summary>
internal static partial class SearchForm
{
    private const int NameMin = 2;

    /// <summary>Looks for a patron; gives the address of the one that was found, or of the page of the search.</summary>
    public static async Task<string> RunAsync(HttpContext context, IFormCollection form)
    {
        var visit = context.RequestServices.GetRequiredService<Visit>();
        var text = form["q"].ToString().Trim();
        if (visit.Session is not { } session || text.Length is 0 or > ConsoleLimits.SearchTextMax) return "/patrons";
        session.Search = text;
        return await FindOneAsync(visit, text) is { } customerId ? visit.PatronPath(customerId) : "/patrons";
    }

    /// <summary>What is asked of the register for a text: a birthday, the beginning of a number or of names; null for too short a text.</summary>
    public static SearchPatronsRequest? RequestFor(string text)
    {
        if (Birthday(text) is { } born) return new SearchPatronsRequest { DateOfBirth = LocalDatePattern.Iso.Format(born) };
        if (text.Length < NameMin) return null;
        return text.Any(char.IsDigit) ? new SearchPatronsRequest { CustomerIdPrefix = text } : new SearchPatronsRequest { NamePrefix = text };
    }

    private static LocalDate? Birthday(string text)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } iso) return iso.Value;
        return LocalDatePattern.CreateWithInvariantCulture("d.M.uuuu").Parse(text) is { Success: true } spoken ? spoken.Value : null;
    }

    private static async Task<string?> FindOneAsync(Visit visit, string text)
    {
        if (text.Any(char.IsWhiteSpace) || Birthday(text) is not null) return null;
        var request = CardLike().IsMatch(text) ? new GetPatronRequest { CardNumber = text } : new GetPatronRequest { CustomerId = text };
        try
        {
            return (await visit.Api.Patrons.GetPatronAsync(request)).Patron.CustomerId;
        }
        catch (RpcException none) when (none.StatusCode is not StatusCode.Internal)
        {
            // Nobody by this number, or the register says why not on the page of the search.
            return null;
        }
    }

    [GeneratedRegex(@"^\d{8,}$")]
    private static partial Regex CardLike();
}
