using System.Globalization;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Disclosures;

/// <summary>What a person owes that is due to go to collection or invoicing.</summary>
/// <param name="PatronId">Who owes.</param>
/// <param name="Key">The loan or invoice.</param>
/// <param name="IsInvoice">Whether it is an invoice.</param>
/// <param name="Cents">How much, in cents.</param>
internal sealed record Claim(long PatronId, string Key, bool IsInvoice, long Cents);

/// <summary>Lists the claims against people whose processing is restricted, with what was decided about them (R76). Thread-safe.</summary>
internal sealed class RestrictedClaimPages(RegisterCore core, CollectionRun collection, InvoiceExport invoices, AddressQuery addresses)
{
    /// <summary>One page, and whom it is about.</summary>
    public (ListRestrictedClaimsResponse Response, IReadOnlyList<long> Patrons) List(ListRestrictedClaimsRequest request)
    {
        var (size, after) = (Field.PageSize(request.PageSize), Field.PageToken(request.PageToken) ?? 0);
        using var db = core.Store.Read();
        var restricted = db.Set<PatronRow>().Where(row => row.Consortium == core.Store.Consortium && row.Restricted && row.PatronId > after)
            .ToDictionary(row => row.PatronId, row => (row.CustomerId, HasCode: row.IdentityCode is not null));
        var claims = collection.Due(db).Concat(invoices.Due(db)).Distinct().ToLookup(claim => claim.PatronId);
        var asked = core.Profile.Vtj == PopulationRegisterMode.None ? [] : addresses.InBilling(db).Where(patron => restricted.GetValueOrDefault(patron).HasCode).ToHashSet();
        var owing = restricted.Keys.Where(patron => claims.Contains(patron) || asked.Contains(patron)).Order().Take(size + 1).ToList();
        var page = owing.Take(size).ToList();
        var decided = ClaimDecisions.InForce(db, page);
        var response = new ListRestrictedClaimsResponse { NextPageToken = owing.Count > size ? page[^1].ToString(CultureInfo.InvariantCulture) : "" };
        response.Claims.AddRange(page.Select(patron => Show(restricted[patron].CustomerId, [.. claims[patron]], decided.GetValueOrDefault(patron), asked.Contains(patron))));
        return (response, page);
    }

    private static RestrictedClaim Show(string customer, List<Claim> claims, ClaimDecisionRow? decided, bool isAsked)
    {
        var shown = new RestrictedClaim
        {
            AddressCheck = isAsked,
            CustomerId = customer,
            ItemCount = claims.Count(claim => !claim.IsInvoice),
            InvoiceCount = claims.Count(claim => claim.IsInvoice),
            Cents = claims.Sum(claim => claim.Cents),
        };
        if (decided is not null)
        {
            shown.Decision = new ClaimDecision
            {
                GoesOn = decided.GoesOn,
                Reason = decided.Reason,
                DecidedBy = decided.DecidedBy,
                DecideTime = Instant.FromUnixTimeMilliseconds(decided.DecidedAt).ToProto(),
            };
        }

        return shown;
    }
}
