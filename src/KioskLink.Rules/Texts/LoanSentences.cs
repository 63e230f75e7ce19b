namespace KioskLink.Rules.Texts;

/// <summary>The sentences of circulation.</summary>
internal static partial class TextTable
{
    private static readonly Dictionary<string, Sentence> OfLoans = new()
    {
        [LoanTextKey.CardAccepted] = new(
            "Kortti on hyväksytty.",
            "Kortet är godkänt.",
            "The card is accepted."),
        [LoanTextKey.AskStaff] = new(
            "Tämä ei onnistu. Käänny henkilökunnan puoleen.",
            "Det här går inte. Vänd dig till personalen.",
            "This is not possible. Please ask the staff."),
        [LoanTextKey.Lent] = new(
            "Lainattu.",
            "Utlånat.",
            "Borrowed."),
        [LoanTextKey.Renewed] = new(
            "Laina on uusittu.",
            "Lånet är förnyat.",
            "The loan is renewed."),
        [LoanTextKey.RenewedAll] = new(
            "Lainat on uusittu siltä osin kuin oli mahdollista.",
            "Lånen är förnyade i den mån det gick.",
            "The loans are renewed where possible."),
        [LoanTextKey.Returned] = new(
            "Palautettu, kiitos.",
            "Återlämnat, tack.",
            "Returned, thank you."),
        [LoanTextKey.Held] = new(
            "Varaus on tehty.",
            "Reservationen är gjord.",
            "The hold is placed."),
        [LoanTextKey.HoldChanged] = new(
            "Varaus on muutettu.",
            "Reservationen är ändrad.",
            "The hold is changed."),
        [LoanTextKey.HoldEnded] = new(
            "Varaus on peruttu.",
            "Reservationen är avbokad.",
            "The hold is called off."),
        [LoanTextKey.Paid] = new(
            "Maksu on kirjattu.",
            "Betalningen är bokförd.",
            "The payment is recorded."),
        [LoanTextKey.Banned] = new(
            "Lainaaminen on estetty tältä kortilta. Käänny henkilökunnan puoleen.",
            "Lån är spärrade för det här kortet. Vänd dig till personalen.",
            "Borrowing is blocked for this card. Please ask the staff."),
        [LoanTextKey.ItemUnknown] = new(
            "Tätä aineistoa ei tunneta. Anna se henkilökunnalle.",
            "Exemplaret är okänt. Ge det till personalen.",
            "This item is not known. Please give it to the staff."),
        [LoanTextKey.ItemOnLoan] = new(
            "Tämä on jo lainassa. Anna se henkilökunnalle.",
            "Exemplaret är redan utlånat. Ge det till personalen.",
            "This item is on loan already. Please give it to the staff."),
        [LoanTextKey.ItemOnHold] = new(
            "Tämä on varattu toiselle asiakkaalle.",
            "Exemplaret är reserverat för en annan kund.",
            "This item is on hold for somebody else."),
        [LoanTextKey.NotForLoan] = new(
            "Tätä ei lainata kotiin.",
            "Exemplaret lånas inte ut.",
            "This item is not for loan."),
        [LoanTextKey.LoanLimit] = new(
            "Sinulla on jo enimmäismäärä lainoja. Palauta ensin jotakin.",
            "Du har redan det högsta tillåtna antalet lån. Lämna först tillbaka något.",
            "You have as many loans as are allowed. Return something first."),
        [LoanTextKey.OverdueLimit] = new(
            "Lainojasi on myöhässä. Palauta tai uusi ne ensin.",
            "Du har försenade lån. Lämna tillbaka eller förnya dem först.",
            "You have overdue loans. Return or renew them first."),
        [LoanTextKey.FeesOverLimit] = new(
            "Maksamattomat maksut estävät lainaamisen. Maksa ne ensin.",
            "Obetalda avgifter hindrar lån. Betala dem först.",
            "Unpaid fees prevent loans. Please pay them first."),
        [LoanTextKey.FeeNeeded] = new(
            "Tästä peritään maksu. Hyväksy se ensin.",
            "En avgift tas ut. Godkänn den först.",
            "There is a fee for this. Please accept it first."),
        [LoanTextKey.RenewalLimit] = new(
            "Lainaa ei voi enää uusia.",
            "Lånet kan inte längre förnyas.",
            "The loan cannot be renewed any more."),
        [LoanTextKey.NotOnLoan] = new(
            "Tämä ei ollut lainassa.",
            "Exemplaret var inte utlånat.",
            "This item was not on loan."),
        [LoanTextKey.NotTheBorrower] = new(
            "Laina ei ole tällä kortilla.",
            "Lånet hör inte till det här kortet.",
            "The loan is not on this card."),
        [LoanTextKey.HoldLimit] = new(
            "Sinulla on jo enimmäismäärä varauksia.",
            "Du har redan det högsta tillåtna antalet reservationer.",
            "You have as many holds as are allowed."),
        [LoanTextKey.HoldExists] = new(
            "Sinulla on jo tämä varaus.",
            "Du har redan den här reservationen.",
            "You have this hold already."),
        [LoanTextKey.HoldUnknown] = new(
            "Varausta ei löytynyt.",
            "Reservationen hittades inte.",
            "There is no such hold."),
        [LoanTextKey.TitleUnknown] = new(
            "Nimekettä ei löytynyt.",
            "Titeln hittades inte.",
            "There is no such title."),
        [LoanTextKey.FeeUnknown] = new(
            "Maksua ei löytynyt.",
            "Avgiften hittades inte.",
            "There is no such fee."),
        [LoanTextKey.AmountWrong] = new(
            "Summa ei vastaa maksamatta olevaa.",
            "Summan motsvarar inte det som är obetalt.",
            "The sum is not what is due."),
        [LoanTextKey.BranchUnknown] = new(
            "Noutopaikkaa ei tunneta. Valitse toinen.",
            "Avhämtningsstället är okänt. Välj ett annat.",
            "The pick-up branch is not known. Choose another."),
        [LoanTextKey.GroupNotAllowed] = new(
            "Tätä ei voi lainata tällä kortilla. Käänny henkilökunnan puoleen.",
            "Exemplaret kan inte lånas med det här kortet. Vänd dig till personalen.",
            "This item cannot be borrowed with this card. Please ask the staff."),
    };
}
