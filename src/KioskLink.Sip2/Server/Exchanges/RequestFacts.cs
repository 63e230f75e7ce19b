namespace KioskLink.Sip2.Server.Exchanges;

/// <summary>What many requests have in common.</summary>
internal static class RequestFacts
{
    public static string InstitutionOf(Request request) => request switch
    {
        PatronInformationRequest asked => asked.Institution,
        PatronStatusRequest asked => asked.Institution,
        CheckoutRequest asked => asked.Institution,
        CheckinRequest asked => asked.Institution,
        RenewRequest asked => asked.Institution,
        RenewAllRequest asked => asked.Institution,
        HoldRequest asked => asked.Institution,
        FeePaidRequest asked => asked.Institution,
        ItemInformationRequest asked => asked.Institution,
        ItemStatusUpdateRequest asked => asked.Institution,
        EndSessionRequest asked => asked.Institution,
        PatronEnableRequest asked => asked.Institution,
        BlockPatronRequest asked => asked.Institution,
        _ => "",
    };

    public static Language LanguageOf(Request request) => request switch
    {
        PatronInformationRequest asked => asked.Language,
        PatronStatusRequest asked => asked.Language,
        _ => Language.Unknown,
    };
}
